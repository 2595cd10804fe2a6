package sluice.upkeep.backfill;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.platform.event.CloudEvent;
import sluice.platform.log.Log;
import sluice.platform.state.Outbox;
import sluice.platform.state.Write;

/** Changes the state of a backfill. The change, its place in the history and its event are one transaction. */
@ApplicationScoped
class BackfillMoves {

    private static final Log LOG = Log.of(BackfillMoves.class);

    private final BackfillStore store;
    private final BackfillEvents events;
    private final Outbox outbox;
    private final Clock clock;

    BackfillMoves(BackfillStore store, BackfillEvents events, Outbox outbox, Clock clock) {
        this.store = store;
        this.events = events;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Returns the backfill as it is written; empty if somebody else wrote it after it was read. */
    Optional<Backfill> move(Backfill backfill, BackfillState next, @Nullable String author, @Nullable String reason) {
        return move(backfill.moved(next, clock.instant()), author, reason, List.of());
    }

    /**
     * Writes a backfill that is in its next state already.
     *
     * @param others writes of the same transaction
     */
    Optional<Backfill> move(Backfill moved, @Nullable String author, @Nullable String reason, List<Write> others) {
        Instant now = clock.instant();
        BackfillMove move = new BackfillMove(now, moved.state(), author, reason);
        List<CloudEvent> sent = events.moved(moved, move).stream().toList();
        List<Write> writes = new ArrayList<>(others);
        sent.forEach(event -> writes.add(outbox.stored(event)));
        boolean isIdle = moved.state().isEnd()
                || (moved.state() == BackfillState.PAUSED
                        && moved.position().active().isEmpty());
        Optional<Backfill> written =
                store.save(moved, isIdle ? null : now, new BackfillStore.Parts(List.of(), List.of(), move, writes));
        if (written.isPresent()) {
            LOG.info(
                    "Backfill changes its state",
                    "datasource",
                    moved.request().datasource(),
                    "id",
                    moved.id(),
                    "state",
                    moved.state().label(),
                    "reason",
                    reason);
            outbox.send(sent);
        }
        return written;
    }
}
