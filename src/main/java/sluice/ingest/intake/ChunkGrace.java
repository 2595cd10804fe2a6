package sluice.ingest.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import sluice.core.batch.ObjectVersion;
import sluice.ingest.IngestSettings;
import sluice.ingest.ledger.Ledger;
import sluice.ingest.ledger.LedgerEntry.Outcome;
import sluice.platform.log.Log;

/**
 * Lets a chunk wait for a definition or a cluster that the environment does not have. It waits longer and longer, and is given
 * up after {@code sluice.cluster-grace}: a later file or a request plans it anew, with all its objects.
 */
@ApplicationScoped
class ChunkGrace {

    private static final Log LOG = Log.of(ChunkGrace.class);
    private static final Duration SHORTEST_PAUSE = Duration.ofMinutes(5);

    private final ChunkStore chunks;
    private final ArrivalStore arrivals;
    private final Ledger ledger;
    private final IngestSettings settings;
    private final Clock clock;

    ChunkGrace(ChunkStore chunks, ArrivalStore arrivals, Ledger ledger, IngestSettings settings, Clock clock) {
        this.chunks = chunks;
        this.arrivals = arrivals;
        this.ledger = ledger;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Postpones the chunk, or gives it up.
     *
     * @param mayEnd whether what it waits for is gone, and not only unreadable
     * @param missing what it waits for
     * @return false if something arrived meanwhile
     */
    boolean goesOn(ChunkId id, ChunkState state, boolean mayEnd, String missing) {
        Instant now = clock.instant();
        Instant since = Objects.requireNonNullElse(state.waitingSince(), now);
        Duration waited = Duration.between(since, now);
        if (mayEnd && isOver(waited)) {
            LOG.error("Objects are not loaded, because what they need is gone", "chunk", id, "missing", missing);
            String reason = "the object has waited for a " + missing + " that is gone";
            arrivals.waiting(id, state)
                    .forEach(version -> ledger.notLoaded(version, id.feed(), Outcome.GivenUp, reason));
            return chunks.consumed(id, state);
        }
        LOG.error("Objects wait for what is gone or cannot be read", "chunk", id, "missing", missing, "since", since);
        chunks.postpone(id, state, state.pause(now, SHORTEST_PAUSE));
        return true;
    }

    /**
     * Looks again at an object that has arrived. Its chunk may have been given up after it was counted and before it was noted, when
     * nobody could say so of it.
     *
     * @param counted the chunk when the object was counted
     */
    void noted(ChunkId id, ChunkState counted, ObjectVersion version) {
        Instant since = counted.waitingSince();
        if (since != null
                && isOver(Duration.between(since, clock.instant()))
                && chunks.find(id).orElse(ChunkState.NEW).planned() >= counted.generation()) {
            ledger.notLoaded(version, id.feed(), Outcome.GivenUp, "the object came when its time chunk was given up");
        }
    }

    private boolean isOver(Duration waited) {
        return waited.compareTo(settings.clusterGrace()) > 0;
    }
}
