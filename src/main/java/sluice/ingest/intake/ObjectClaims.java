package sluice.ingest.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import sluice.core.batch.Feed;
import sluice.core.batch.InputObject;
import sluice.ingest.ledger.Ledger;
import sluice.ingest.ledger.LedgerEntry;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunStore;

/**
 * Knows which objects are loaded. A run claims its objects from its planning on: it loads them, has loaded them, or may have.
 * An append leaves claimed objects out, because loading an object twice doubles its rows. A run that ended without loading
 * anything claims nothing.
 */
@ApplicationScoped
class ObjectClaims {

    private final Ledger ledger;
    private final RunStore runs;

    ObjectClaims(Ledger ledger, RunStore runs) {
        this.ledger = ledger;
        this.runs = runs;
    }

    /** Returns true of objects that a run has claimed. The predicate remembers the runs that it has read. */
    Predicate<InputObject> claimed(Feed feed) {
        return claimed(feed, run -> false);
    }

    /**
     * Returns true of objects that a run has claimed. A failed run keeps its objects until something arrives after its end, so
     * that a repeated event does not repeat the run.
     *
     * @param lastArrival when the last object arrived
     */
    Predicate<InputObject> claimed(Feed feed, Instant lastArrival) {
        return claimed(feed, run -> !lastArrival.isAfter(run.state().since()));
    }

    private Predicate<InputObject> claimed(Feed feed, Predicate<Run> claimsAfterFailure) {
        Map<String, Boolean> claims = new HashMap<>();
        return object -> ledger.find(object.version(), feed)
                .map(LedgerEntry::run)
                .map(id -> claims.computeIfAbsent(id, runId -> runs.find(runId)
                        .map(run -> !run.hasEnded() || run.mayHaveLoaded() || claimsAfterFailure.test(run))
                        .orElse(false)))
                .orElse(false);
    }
}
