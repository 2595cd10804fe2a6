package sluice.upkeep.backfill;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.core.definition.Definition;
import sluice.ingest.ActiveDefinitions;
import sluice.platform.log.Log;
import sluice.platform.state.DueItemHandler;
import sluice.platform.state.Item;
import sluice.platform.state.StateException;

/**
 * Takes backfills on, after everything that is live. Each step settles the windows that have ended and begins others, as many
 * as {@link BackfillRoom} gives. A step costs what is under way, not what the backfill is long.
 */
@ApplicationScoped
@Priority(15)
public class BackfillSteps implements DueItemHandler {

    private static final Log LOG = Log.of(BackfillSteps.class);
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final Duration LONG_PAUSE = Duration.ofMinutes(1);
    /** Empty and failed windows end at once, and others begin. */
    private static final int MOST_ROUNDS = 50;

    private final BackfillStore store;
    private final BackfillMoves moves;
    private final WindowSettlement settlement;
    private final BackfillRoom room;
    private final NextWindows nextWindows;
    private final ActiveDefinitions definitions;
    private final BackfillClock clock;

    BackfillSteps(
            BackfillStore store,
            BackfillMoves moves,
            WindowSettlement settlement,
            BackfillRoom room,
            NextWindows nextWindows,
            ActiveDefinitions definitions,
            BackfillClock clock) {
        this.store = store;
        this.moves = moves;
        this.settlement = settlement;
        this.room = room;
        this.nextWindows = nextWindows;
        this.definitions = definitions;
        this.clock = clock;
    }

    @Override
    public void handle(List<Item> due, Instant deadline) {
        for (String id : store.dueAmong(due)) {
            if (clock.now().isBefore(deadline)) {
                handle(id, deadline);
            }
        }
    }

    /** What goes wrong with one backfill keeps no other from going on, and shows in it. */
    private void handle(String id, Instant deadline) {
        try {
            // The index lags behind the table.
            unended(id).ifPresent(backfill -> advance(backfill, deadline));
        } catch (StateException exception) {
            throw exception;
        } catch (RuntimeException exception) {
            LOG.error(exception, "Step of a backfill failed and is tried again", "id", id);
            unended(id)
                    .ifPresent(backfill -> store.save(
                            backfill.waiting(String.valueOf(exception.getMessage())),
                            clock.now().plus(LONG_PAUSE),
                            BackfillStore.Parts.NONE));
        }
    }

    private Optional<Backfill> unended(String id) {
        return store.find(id).filter(backfill -> !backfill.state().isEnd());
    }

    @Override
    public boolean keepsTicking(Item item) {
        return BackfillStore.isUnderWay(item);
    }

    /** What a round came to: the backfill as it is written, and whether another round may bring it forward. */
    private record Round(Backfill backfill, boolean goesOn) {}

    private void advance(Backfill backfill, Instant deadline) {
        clock.measure(backfill);
        Optional<Backfill> begun = backfill.state() == BackfillState.PLANNED
                ? moves.move(backfill, BackfillState.RUNNING, null, null)
                : Optional.of(backfill);
        Optional<Round> round = begun.map(each -> new Round(each, true));
        for (int count = 0; round.isPresent() && round.get().goesOn() && count < MOST_ROUNDS; count++) {
            if (!clock.now().isBefore(deadline)) {
                store.save(round.get().backfill(), clock.now(), BackfillStore.Parts.NONE);
                return;
            }
            round = round(round.get().backfill(), deadline);
        }
        round.ifPresent(last -> rest(last.backfill()));
    }

    /** Returns empty if somebody else wrote the backfill meanwhile, who made it due. */
    private Optional<Round> round(Backfill backfill, Instant deadline) {
        Optional<Backfill> settled = settlement.settle(backfill, deadline);
        if (settled.isEmpty()) {
            return Optional.empty();
        }
        Backfill now = settled.get();
        return now.state().mayBegin() ? begun(now) : Optional.of(new Round(now, false));
    }

    private Optional<Round> begun(Backfill backfill) {
        String obstacle = obstacle(backfill);
        if (obstacle != null) {
            return moves.move(backfill, BackfillState.PAUSED, null, obstacle).map(paused -> new Round(paused, false));
        }
        BackfillRoom.Room space = room.of(backfill.request());
        int free = space.most() - backfill.position().active().size();
        if (free <= 0) {
            return Optional.of(new Round(backfill.waiting(space.obstacle()), false));
        }
        NextWindows.Next next = nextWindows.of(backfill, definition(backfill).orElseThrow(), free);
        if (!next.isStep(backfill)) {
            return Optional.of(new Round(backfill.waiting(next.obstacle()), false));
        }
        return store.save(
                        next.backfill().waiting(null),
                        clock.now(),
                        new BackfillStore.Parts(next.windows(), next.retried(), null, List.of()))
                .map(written -> new Round(written, true));
    }

    /** What only a person can decide. */
    private @Nullable String obstacle(Backfill backfill) {
        BackfillRequest request = backfill.request();
        Optional<Definition> definition = definition(backfill);
        if (definition.isEmpty() || definition.get().batch() == null) {
            return "there is no definition of " + request.datasource() + " with a batch part any more";
        }
        if (definition.get().schema().segmentGranularity() != request.granularity()) {
            return "time chunks are " + definition.get().schema().segmentGranularity()
                    + " now, and the backfill is for " + request.granularity() + ": stop it and begin another";
        }
        return definition.get().clusters().containsAll(request.clusters())
                ? null
                : "the definition is for clusters " + definition.get().clusters() + " now, and the backfill is for "
                        + request.clusters() + ": stop it and begin another";
    }

    private Optional<Definition> definition(Backfill backfill) {
        return definitions.current().find(backfill.request().datasource());
    }

    /** Ends a backfill that has nothing left, or makes its next step due. */
    private void rest(Backfill backfill) {
        boolean isIdle = backfill.position().active().isEmpty();
        if (isIdle && backfill.state() == BackfillState.STOPPING) {
            moves.move(backfill, BackfillState.STOPPED, null, null);
        } else if (isIdle && backfill.state() == BackfillState.RUNNING && isThrough(backfill)) {
            boolean hasFailed = backfill.progress().failed() > 0;
            moves.move(backfill, hasFailed ? BackfillState.DONE_WITH_FAILURES : BackfillState.DONE, null, null);
        } else if (isIdle && backfill.state() == BackfillState.PAUSED) {
            store.save(backfill, null, BackfillStore.Parts.NONE);
        } else {
            // What is under way has ended soon, and then there may be room.
            Duration pause = isIdle && backfill.waiting() != null ? LONG_PAUSE : PAUSE;
            store.save(backfill, clock.now().plus(pause), BackfillStore.Parts.NONE);
        }
    }

    private boolean isThrough(Backfill backfill) {
        BackfillPosition position = backfill.position();
        return position.pass() == 1
                ? ChunkWalk.of(backfill.request()).isAtEnd(position.place())
                : store.failedIn(backfill.id(), position.pass() - 1, 1).isEmpty();
    }
}
