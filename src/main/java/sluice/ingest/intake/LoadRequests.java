package sluice.ingest.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import sluice.core.definition.Definition;
import sluice.ingest.intake.RequestedRuns.Requested;
import sluice.ingest.ledger.Ledger;
import sluice.ingest.run.PlanTooLargeException;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunStore;
import sluice.ingest.run.Transitions;
import sluice.platform.druid.DruidCluster;
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

    private final RequestTargets targets;
    private final RequestedRuns requested;
    private final RequestRecords records;
    private final RunStore runs;
    private final Transitions transitions;
    private final Ledger ledger;
    private final StateTable table;

    LoadRequests(
            RequestTargets targets,
            RequestedRuns requested,
            RequestRecords records,
            RunStore runs,
            Transitions transitions,
            Ledger ledger,
            StateTable table) {
        this.targets = targets;
        this.requested = requested;
        this.records = records;
        this.runs = runs;
        this.transitions = transitions;
        this.ledger = ledger;
        this.table = table;
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
            Optional<List<Run>> earlier = records.earlier(order);
            if (earlier.isPresent()) {
                return new Placed(earlier.get(), false);
            }
            Optional<Placed> placed = placed(order);
            if (placed.isPresent()) {
                return placed.get();
            }
        }
        throw new LoadRequestException(
                LoadRequestException.Code.CONTENDED, "other calls keep changing the same runs; repeat the call");
    }

    /** One round; empty when somebody else came in between. */
    private Optional<Placed> placed(LoadRequest order) {
        Definition definition = targets.definition(order);
        List<DraftedRun> made = new ArrayList<>();
        List<Run> all = new ArrayList<>();
        List<Write> writes = new ArrayList<>();
        for (DruidCluster cluster : targets.clusters(order, definition)) {
            Requested one = requested.of(order, definition, cluster);
            all.add(one.run());
            one.drafted().ifPresent(made::add);
        }
        try {
            made.forEach(drafted -> {
                writes.addAll(drafted.writes(runs));
                writes.add(records.author(drafted.run(), order));
            });
        } catch (PlanTooLargeException exception) {
            throw new LoadRequestException(LoadRequestException.Code.IMPOSSIBLE, exception.getMessage());
        }
        if (order.key() != null) {
            writes.add(records.intent(order, all));
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
}
