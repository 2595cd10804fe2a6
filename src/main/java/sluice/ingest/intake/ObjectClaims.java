package sluice.ingest.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import sluice.core.batch.Feed;
import sluice.core.batch.InputObject;
import sluice.ingest.ledger.Ledger;
import sluice.ingest.ledger.LedgerEntry;
import sluice.ingest.run.Problem;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;

/**
 * Knows which objects an append may load. A run claims its objects from its planning on: it loads them, has loaded them, or may
 * have. Loading an object twice doubles its rows, so an append leaves claimed objects out. The ledger decides, also about runs
 * that the state table has forgotten.
 *
 * <p>An object whose run ended without loading it is free for whoever asks for it. Files that arrive do not take it along if it
 * is held back: it failed under the present definition, so it would fail again and keep the others from loading.
 */
@ApplicationScoped
class ObjectClaims {

    private static final String AVAILABLE = "Available";

    private final Ledger ledger;
    private final RunStore runs;

    ObjectClaims(Ledger ledger, RunStore runs) {
        this.ledger = ledger;
        this.runs = runs;
    }

    /** Returns those of the objects that no run loads or may have loaded: what somebody who asks for them gets. */
    List<InputObject> free(Feed feed, List<InputObject> objects) {
        return without(feed, objects, null, (object, end) -> end.loaded());
    }

    /** Returns those of the objects that no other run than this one loads or may have loaded. */
    List<InputObject> freeIn(Feed feed, List<InputObject> objects, String run) {
        return without(feed, objects, run, (object, end) -> end.loaded());
    }

    /**
     * Returns those of the objects that files which arrive take along. An object whose run has failed is among them only if it
     * was uploaded again since, or if something has arrived since and it is not held back.
     *
     * @param lastArrival when the last object arrived
     * @param definitionHash version of the definition that would load them
     */
    List<InputObject> free(Feed feed, List<InputObject> objects, Instant lastArrival, String definitionHash) {
        return without(
                feed,
                objects,
                null,
                (object, end) -> end.loaded() || !isTriedAgain(object, end, lastArrival, definitionHash));
    }

    /** Returns the runs that load the objects or may have loaded them, as far as the state table still has them. */
    List<Run> runsOf(Feed feed, List<InputObject> objects) {
        Map<InputObject, LedgerEntry> entries = ledger.find(objects, feed);
        Set<String> ids = new LinkedHashSet<>();
        objects.forEach(object ->
                Optional.ofNullable(entries.get(object)).map(LedgerEntry::run).ifPresent(ids::add));
        return ids.stream().flatMap(id -> runs.find(id).stream()).toList();
    }

    private static boolean isTriedAgain(
            InputObject object, LedgerEntry.End end, Instant lastArrival, String definitionHash) {
        boolean isHeld = definitionHash.equals(end.heldUnder());
        return object.lastModified().isAfter(end.at()) || (!isHeld && lastArrival.isAfter(end.at()));
    }

    /**
     * @param own id of a run whose claims do not count; null if all count
     * @param claimed whether a run that has ended claims an object
     */
    private List<InputObject> without(
            Feed feed,
            List<InputObject> objects,
            @Nullable String own,
            BiPredicate<InputObject, LedgerEntry.End> claimed) {
        Map<InputObject, LedgerEntry> entries = ledger.find(objects, feed);
        Map<String, Optional<Run>> known = new HashMap<>();
        Predicate<InputObject> isFree = object -> {
            LedgerEntry entry = entries.get(object);
            if (entry == null || entry.run() == null || entry.run().equals(own)) {
                return true;
            }
            if (isLoaded(entry)) {
                return false;
            }
            Optional<Run> run = known.computeIfAbsent(entry.run(), runs::find);
            if (run.isPresent() && (!run.get().hasEnded() || run.get().mayHaveLoaded())) {
                return false;
            }
            return !claimed.test(object, end(entry, run));
        };
        return objects.stream().filter(isFree).toList();
    }

    /** Earlier versions of Sluice noted no end, but the label of the run's last state. */
    private static boolean isLoaded(LedgerEntry entry) {
        return entry.end() == null
                ? entry.state().equals(AVAILABLE)
                : entry.end().loaded();
    }

    /** Returns how the object's run ended. Of an end that the ledger does not know, the run tells; if it is gone, nothing does. */
    private static LedgerEntry.End end(LedgerEntry entry, Optional<Run> run) {
        return Optional.ofNullable(entry.end())
                .orElseGet(() -> new LedgerEntry.End(
                        false,
                        run.map(Run::state).map(RunState::since).orElse(Instant.MAX),
                        run.filter(ended -> Problem.of(ended.state())
                                        .filter(Problem::isAboutInput)
                                        .isPresent())
                                .map(Run::definitionHash)
                                .orElse(null)));
    }
}
