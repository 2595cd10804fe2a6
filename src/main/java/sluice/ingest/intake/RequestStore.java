package sluice.ingest.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import sluice.ingest.run.DraftedRun;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunStore;
import sluice.platform.state.Changes;
import sluice.platform.state.Condition;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.StateSettings;
import sluice.platform.state.StateTable;
import sluice.platform.state.Transactions;
import sluice.platform.state.Write;

/**
 * Load requests in the state table: which runs an idempotency key stands for, and who requested which attempt of a run. Both
 * are written in the transaction that stores the run, so a call after a crash finds every run that was made.
 */
@ApplicationScoped
class RequestStore {

    private static final String INTENT = "intent";
    private static final String RUNS = "runs";
    private static final String CLUSTERS = "clusters";
    /** Prefix of the attributes that name the run of a cluster. */
    private static final String RUN_OF = "runOf#";

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
     * What an idempotency key stands for.
     *
     * @param runs as they are now, in the order of their ids
     * @param clusters names of all clusters of the request
     * @param isComplete true if every cluster has got its run
     */
    record Known(List<Run> runs, List<String> clusters, boolean isComplete) {
        Known {
            runs = List.copyOf(runs);
            clusters = List.copyOf(clusters);
        }

        Map<String, Run> byCluster() {
            Map<String, Run> byCluster = new TreeMap<>();
            runs.forEach(run -> byCluster.put(run.cluster(), run));
            return byCluster;
        }
    }

    /**
     * Returns what the request's idempotency key stands for; empty if the key is new or there is none.
     *
     * @throws LoadRequestException if the key belongs to another request
     */
    Optional<Known> find(LoadRequest request) {
        Optional<Item> item = Optional.ofNullable(request.scopedKey())
                .flatMap(key -> table.get(Key.idempotency(key)))
                .or(() -> ofAnEarlierVersion(request));
        if (item.isPresent() && !item.get().text(INTENT).equals(Optional.of(request.intent()))) {
            throw new LoadRequestException(
                    LoadRequestException.Code.KEY_TAKEN,
                    "the idempotency key '" + request.key() + "' belongs to another request: use a new key");
        }
        return item.map(this::known);
    }

    /** Earlier versions of Sluice stored all runs of a request at once, and did not name its clusters. */
    private Known known(Item item) {
        List<String> clusters = item.texts(CLUSTERS);
        return new Known(
                item.texts(RUNS).stream()
                        .sorted()
                        .flatMap(id -> runs.find(id).stream())
                        .toList(),
                clusters,
                clusters.stream()
                        .allMatch(cluster -> item.text(RUN_OF + cluster).isPresent()));
    }

    /** Keys had no scope once. A retry of such a request must not load everything again. */
    private Optional<Item> ofAnEarlierVersion(LoadRequest request) {
        return Optional.ofNullable(request.key())
                .flatMap(key -> table.get(Key.idempotency(key)))
                .filter(item -> item.text(INTENT).equals(Optional.of(request.intent())));
    }

    /**
     * Stores an attempt that a request makes.
     *
     * @param chunks the writes of its time chunks
     * @param clusters names of all clusters of the request
     * @return false if another call wrote the run or the key meanwhile, or a condition of the chunks failed: nothing is stored
     */
    boolean store(LoadRequest request, DraftedRun drafted, List<Write> chunks, List<String> clusters) {
        Run run = drafted.run();
        List<Write> writes = new ArrayList<>(chunks);
        writes.addAll(drafted.writes(runs));
        writes.add(Write.put(requestedBy(run, request), Condition.absent()));
        intent(request, run, clusters).ifPresent(writes::add);
        return Transactions.isWritten(table, writes);
    }

    /**
     * Stores that a run which exists is what a request stands for on its cluster.
     *
     * @return false if another call wrote the key meanwhile
     */
    boolean known(LoadRequest request, Run run, List<String> clusters) {
        return intent(request, run, clusters)
                .map(write -> Transactions.isWritten(table, List.of(write)))
                .orElse(true);
    }

    private Item requestedBy(Run run, LoadRequest request) {
        return Item.at(Key.order(run.id(), run.attempt()))
                .with("author", request.author())
                .with("reason", request.reason())
                .with("idempotencyKey", request.key())
                .with("orderedAt", clock.instant())
                .expiring(clock.instant().plus(keep));
    }

    /** Returns the write that names the run of a cluster; empty if the request has no key. */
    private Optional<Write> intent(LoadRequest request, Run run, List<String> clusters) {
        String runOf = RUN_OF + run.cluster();
        return Optional.ofNullable(request.scopedKey())
                .map(key -> Write.update(
                        Key.idempotency(key),
                        Changes.NONE
                                .set(INTENT, request.intent())
                                .set(runOf, run.id())
                                .set(StateTable.TTL, clock.instant().plus(keep).getEpochSecond())
                                .add(RUNS, List.of(run.id()))
                                .add(CLUSTERS, clusters),
                        Condition.absent()
                                .or(Condition.equal(INTENT, request.intent())
                                        .and(Condition.has(CLUSTERS))
                                        .and(Condition.lacks(runOf)))));
    }
}
