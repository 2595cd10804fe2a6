package sluice.ingest.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.ingest.run.DraftedRun;
import sluice.ingest.run.PlanTooLargeException;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunStore;
import sluice.platform.state.Condition;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.StateSettings;
import sluice.platform.state.StateTable;
import sluice.platform.state.TransactionCancelledException;
import sluice.platform.state.Write;

/**
 * Load requests in the state table: which runs an idempotency key stands for, and who requested which attempt of a run. Both
 * are written in one transaction with the runs, so a call after a crash finds all of them or none.
 */
@ApplicationScoped
class RequestStore {

    private static final String INTENT = "intent";
    private static final String RUNS = "runs";

    private final StateTable table;
    private final RunStore runs;
    private final Clock clock;
    private final Duration keep;

    RequestStore(StateTable table, RunStore runs, Clock clock, StateSettings settings) {
        this.table = table;
        this.runs = runs;
        this.clock = clock;
        this.keep = settings.keep();
    }

    /**
     * Returns the runs that the request's idempotency key stands for, as they are now; empty if the key is new or there is none.
     *
     * @throws LoadRequestException if the key belongs to another request
     */
    Optional<List<Run>> runs(LoadRequest request) {
        Optional<Item> item = Optional.ofNullable(request.scopedKey())
                .flatMap(key -> table.get(Key.idempotency(key)))
                .or(() -> ofAnEarlierVersion(request));
        if (item.isPresent() && !item.get().text(INTENT).equals(Optional.of(request.intent()))) {
            throw new LoadRequestException(
                    LoadRequestException.Code.KEY_TAKEN,
                    "the idempotency key '" + request.key() + "' belongs to another request: use a new key");
        }
        return item.map(stored -> stored.texts(RUNS).stream()
                .sorted()
                .flatMap(id -> runs.find(id).stream())
                .toList());
    }

    /** Keys had no scope once. A retry of such a request must not load everything again. */
    private Optional<Item> ofAnEarlierVersion(LoadRequest request) {
        return Optional.ofNullable(request.key())
                .flatMap(key -> table.get(Key.idempotency(key)))
                .filter(item -> item.text(INTENT).equals(Optional.of(request.intent())));
    }

    /**
     * Stores a request with the attempts that it makes.
     *
     * @param all the runs that the request stands for, those among them that exist already
     * @return false if another call wrote one of the runs or the key meanwhile: nothing is stored then
     * @throws PlanTooLargeException if a plan does not fit into an item
     */
    boolean store(LoadRequest request, List<DraftedRun> made, List<Run> all) {
        List<Write> writes = new ArrayList<>();
        for (DraftedRun drafted : made) {
            writes.addAll(drafted.writes(runs));
            writes.add(Write.put(requestedBy(drafted.run(), request), Condition.absent()));
        }
        String key = request.scopedKey();
        if (key != null) {
            writes.add(Write.put(intent(key, request.intent(), all), Condition.absent()));
        }
        try {
            if (!writes.isEmpty()) {
                table.transact(writes);
            }
            return true;
        } catch (TransactionCancelledException exception) {
            return false;
        }
    }

    private Item requestedBy(Run run, LoadRequest request) {
        return expiring(Item.at(Key.order(run.id(), run.attempt()))
                .with("author", request.author())
                .with("reason", request.reason())
                .with("idempotencyKey", request.key())
                .with("orderedAt", clock.instant()));
    }

    private Item intent(String key, String intent, List<Run> all) {
        return expiring(Item.at(Key.idempotency(key))
                .with(INTENT, intent)
                .with(RUNS, all.stream().map(Run::id).toList()));
    }

    private Item expiring(Item item) {
        return item.expiring(clock.instant().plus(keep));
    }
}
