package sluice.ingest.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunStore;
import sluice.platform.state.Condition;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.StateSettings;
import sluice.platform.state.StateTable;
import sluice.platform.state.Write;

/** What is stored of a request: who asked for a run and why, and which runs an idempotency key stands for. */
@ApplicationScoped
class RequestRecords {

    private static final String INTENT = "intent";
    private static final String RUNS = "runs";

    private final StateTable table;
    private final RunStore runs;
    private final Clock clock;
    private final StateSettings settings;

    RequestRecords(StateTable table, RunStore runs, Clock clock, StateSettings settings) {
        this.table = table;
        this.runs = runs;
        this.clock = clock;
        this.settings = settings;
    }

    /**
     * Returns the runs of an earlier request with the same key; empty if there is none.
     *
     * @throws LoadRequestException if the key stands for another request
     */
    Optional<List<Run>> earlier(LoadRequest request) {
        Optional<Item> item = request.key() == null ? Optional.empty() : table.get(Key.idempotency(request.key()));
        if (item.isEmpty()) {
            return Optional.empty();
        }
        if (!item.get().text(INTENT).equals(Optional.of(request.intent()))) {
            throw new LoadRequestException(
                    LoadRequestException.Code.KEY_TAKEN,
                    "the idempotency key '" + request.key() + "' stands for another order: take a new key");
        }
        return Optional.of(item.get().texts(RUNS).stream()
                .sorted()
                .flatMap(id -> runs.find(id).stream())
                .toList());
    }

    /** Notes who asked for this attempt of the run. */
    Write author(Run run, LoadRequest request) {
        return Write.put(
                expiring(Item.at(Key.order(run.id(), run.attempt()))
                        .with("author", request.author())
                        .with("reason", request.reason())
                        .with("idempotencyKey", request.key())
                        .with("orderedAt", clock.instant())),
                Condition.absent());
    }

    /** Notes what the request's key stands for. */
    Write intent(LoadRequest request, List<Run> all) {
        return Write.put(
                expiring(Item.at(Key.idempotency(request.key()))
                        .with(INTENT, request.intent())
                        .with(RUNS, all.stream().map(Run::id).toList())),
                Condition.absent());
    }

    private Item expiring(Item item) {
        return item.expiring(clock.instant().plus(settings.keep()));
    }
}
