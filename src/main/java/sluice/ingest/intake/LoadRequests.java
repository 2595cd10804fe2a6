package sluice.ingest.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import sluice.core.batch.Batch;
import sluice.core.batch.RunId;
import sluice.core.batch.RunKind;
import sluice.core.definition.Definition;
import sluice.ingest.ActiveDefinitions;
import sluice.ingest.ledger.Ledger;
import sluice.ingest.run.PlanTooLargeException;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunStore;
import sluice.ingest.run.Transitions;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidClusters;
import sluice.platform.state.Condition;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.StateSettings;
import sluice.platform.state.StateTable;
import sluice.platform.state.TransactionCancelledException;
import sluice.platform.state.Write;

/**
 * Makes runs of orders, one for each cluster. What a key stands for is written in one transaction with its runs, so two
 * calls with one key at the same moment make the same runs, and a call after a crash finds all of them or none.
 */
@ApplicationScoped
public class LoadRequests {

    private static final Logger LOG = Logger.getLogger(LoadRequests.class);
    private static final int TRIES = 4;
    private static final String INTENT = "intent";
    private static final String RUNS = "runs";

    private final ActiveDefinitions definitions;
    private final DruidClusters clusters;
    private final RequestedBatch batches;
    private final RunDraft drafts;
    private final RunStore runs;
    private final Transitions transitions;
    private final Ledger ledger;
    private final StateTable table;
    private final Clock clock;
    private final Duration keep;

    LoadRequests(
            ActiveDefinitions definitions,
            DruidClusters clusters,
            RequestedBatch batches,
            RunDraft drafts,
            RunStore runs,
            Transitions transitions,
            Ledger ledger,
            StateTable table,
            Clock clock,
            StateSettings settings) {
        this.definitions = definitions;
        this.clusters = clusters;
        this.batches = batches;
        this.drafts = drafts;
        this.runs = runs;
        this.transitions = transitions;
        this.ledger = ledger;
        this.table = table;
        this.clock = clock;
        this.keep = settings.keep();
    }

    /**
     * What came of an order.
     *
     * @param runs one for each cluster
     * @param isNew whether the order made a run or a further attempt, or all of it was there already
     */
    public record Placed(List<Run> runs, boolean isNew) {
        public Placed {
            runs = List.copyOf(runs);
        }
    }

    /**
     * Places the order. Without a key, the same objects for the same chunks are the same run: one that lives or is
     * available is returned as it is, one that ended otherwise is attempted again.
     *
     * @throws LoadRequestException when no run can be made of it
     */
    public Placed place(LoadRequest order) {
        for (int round = 1; round <= TRIES; round++) {
            Optional<Placed> earlier = earlier(order);
            if (earlier.isPresent()) {
                return earlier.get();
            }
            Optional<Placed> placed = placed(order);
            if (placed.isPresent()) {
                return placed.get();
            }
        }
        throw new LoadRequestException(
                LoadRequestException.Code.CONTENDED, "other calls keep changing the same runs; repeat the call");
    }

    private Optional<Placed> earlier(LoadRequest order) {
        Optional<Item> item = order.key() == null ? Optional.empty() : table.get(Key.idempotency(order.key()));
        if (item.isEmpty()) {
            return Optional.empty();
        }
        if (!item.get().text(INTENT).equals(Optional.of(order.intent()))) {
            throw new LoadRequestException(
                    LoadRequestException.Code.KEY_TAKEN,
                    "the idempotency key '" + order.key() + "' stands for another order: take a new key");
        }
        List<Run> known = item.get().texts(RUNS).stream()
                .sorted()
                .flatMap(id -> runs.find(id).stream())
                .toList();
        return Optional.of(new Placed(known, false));
    }

    /** One round; empty when somebody else came in between. */
    private Optional<Placed> placed(LoadRequest order) {
        Definition definition = definition(order);
        List<DraftedRun> made = new ArrayList<>();
        List<Run> all = new ArrayList<>();
        List<Write> writes = new ArrayList<>();
        for (DruidCluster cluster : clusters(order, definition)) {
            Run run = run(order, definition, cluster, made);
            all.add(run);
        }
        try {
            made.forEach(drafted -> {
                writes.addAll(drafted.writes(runs));
                writes.add(Write.put(order(drafted.run(), order), Condition.absent()));
            });
        } catch (PlanTooLargeException exception) {
            throw impossible(exception.getMessage());
        }
        if (order.key() != null) {
            writes.add(Write.put(intent(order, all), Condition.absent()));
        }
        if (writes.isEmpty()) {
            return Optional.of(new Placed(all, false));
        }
        try {
            table.transact(writes);
        } catch (TransactionCancelledException exception) {
            LOG.infof("Another call made the same run at the same moment: %s", exception.getMessage());
            return Optional.empty();
        }
        for (DraftedRun drafted : made) {
            ledger.assign(drafted.run(), drafted.plan().objects());
            transitions.flush(drafted.run());
        }
        return Optional.of(new Placed(all, !made.isEmpty()));
    }

    private Run run(LoadRequest order, Definition definition, DruidCluster cluster, List<DraftedRun> made) {
        Batch batch = batches.of(order, definition, cluster.name());
        String id = RunId.of(
                cluster.name(), RunKind.BATCH, order.datasource(), batch.chunks(), batch.objects(), order.key());
        Optional<Run> existing = runs.find(id);
        if (existing.isPresent()
                && (!existing.get().hasEnded() || existing.get().mayHaveLoaded())) {
            return existing.get();
        }
        DraftedRun drafted = drafts.draft(id, definition, batch, cluster, existing);
        made.add(drafted);
        return drafted.run();
    }

    private Definition definition(LoadRequest order) {
        Definition definition = definitions
                .fresh()
                .find(order.datasource())
                .orElseThrow(() -> new LoadRequestException(
                        LoadRequestException.Code.UNKNOWN_DATASOURCE,
                        "there is no definition of datasource '" + order.datasource() + "' that can be read"));
        if (definition.batch() == null) {
            throw impossible("the definition of " + order.datasource() + " has no batch part");
        }
        return definition;
    }

    private List<DruidCluster> clusters(LoadRequest order, Definition definition) {
        List<String> names = order.clusters().isEmpty() ? definition.clusters() : order.clusters();
        return names.stream()
                .distinct()
                .map(name -> {
                    if (!definition.clusters().contains(name)) {
                        throw impossible("the definition is for " + definition.clusters() + ", not for " + name);
                    }
                    return clusters.find(name)
                            .orElseThrow(() -> impossible(
                                    "the environment has no cluster " + name + ", only " + clusters.names()));
                })
                .toList();
    }

    private Item order(Run run, LoadRequest order) {
        return expiring(Item.at(Key.order(run.id(), run.attempt()))
                .with("author", order.author())
                .with("reason", order.reason())
                .with("idempotencyKey", order.key())
                .with("orderedAt", clock.instant()));
    }

    private Item intent(LoadRequest order, List<Run> all) {
        return expiring(Item.at(Key.idempotency(order.key()))
                .with(INTENT, order.intent())
                .with(RUNS, all.stream().map(Run::id).toList()));
    }

    private Item expiring(Item item) {
        return item.expiring(clock.instant().plus(keep));
    }

    private static LoadRequestException impossible(String message) {
        return new LoadRequestException(LoadRequestException.Code.IMPOSSIBLE, message);
    }
}
