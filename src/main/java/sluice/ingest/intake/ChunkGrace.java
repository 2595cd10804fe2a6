package sluice.ingest.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
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
        if (mayEnd && waited.compareTo(settings.clusterGrace()) > 0) {
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
}
