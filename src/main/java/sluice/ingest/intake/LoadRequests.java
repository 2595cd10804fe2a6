package sluice.ingest.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.core.batch.Batch;
import sluice.core.batch.RunId;
import sluice.core.batch.RunKind;
import sluice.core.definition.Definition;
import sluice.ingest.ledger.Ledger;
import sluice.ingest.run.DraftedRun;
import sluice.ingest.run.PlanTooLargeException;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunStore;
import sluice.ingest.run.Transitions;
import sluice.platform.druid.DruidCluster;
import sluice.platform.log.Log;

/** Carries out load requests: one run per cluster. Concurrent calls with one idempotency key make the same runs. */
@ApplicationScoped
public class LoadRequests {

    private static final Log LOG = Log.of(LoadRequests.class);
    private static final int TRIES = 4;

    private final RequestTargets targets;
    private final RequestedBatch batches;
    private final RequestStore requests;
    private final RunDraft drafts;
    private final RunStore runs;
    private final Transitions transitions;
    private final Ledger ledger;

    LoadRequests(
            RequestTargets targets,
            RequestedBatch batches,
            RequestStore requests,
            RunDraft drafts,
            RunStore runs,
            Transitions transitions,
            Ledger ledger) {
        this.targets = targets;
        this.batches = batches;
        this.requests = requests;
        this.drafts = drafts;
        this.runs = runs;
        this.transitions = transitions;
        this.ledger = ledger;
    }

    /**
     * The result of a request.
     *
     * @param runs one per cluster
     * @param isNew true if the request made a run or a further attempt of one
     */
    public record Placed(List<Run> runs, boolean isNew) {
        public Placed {
            runs = List.copyOf(runs);
        }
    }

    /**
     * Carries out the request. Without an idempotency key, the same objects for the same chunks are the same run: if it lives or
     * may have loaded them, it is returned as it is; if it ended otherwise, it gets another attempt.
     *
     * @throws LoadRequestException if the request cannot be carried out
     */
    public Placed place(LoadRequest request) {
        for (int round = 1; round <= TRIES; round++) {
            Optional<Placed> placed = requests.runs(request)
                    .map(known -> new Placed(known, false))
                    .or(() -> placed(request));
            if (placed.isPresent()) {
                return placed.get();
            }
        }
        throw new LoadRequestException(
                LoadRequestException.Code.CONTENDED, "other calls keep changing the same runs; repeat the call");
    }

    /** Makes the runs once. Returns nothing if another call came in between. */
    private Optional<Placed> placed(LoadRequest request) {
        Definition definition = targets.definition(request);
        List<DraftedRun> made = new ArrayList<>();
        List<Run> all = new ArrayList<>();
        for (DruidCluster cluster : targets.clusters(request, definition)) {
            all.add(run(request, definition, cluster, made));
        }
        try {
            if (!requests.store(request, made, all)) {
                LOG.info(
                        "Another call changed the requested runs",
                        "datasource",
                        request.datasource(),
                        "runs",
                        all.stream().map(Run::id).toList());
                return Optional.empty();
            }
        } catch (PlanTooLargeException exception) {
            throw new LoadRequestException(exception);
        }
        for (DraftedRun drafted : made) {
            ledger.assign(drafted.run(), drafted.plan().objects());
            transitions.flush(drafted.run());
        }
        return Optional.of(new Placed(all, !made.isEmpty()));
    }

    private Run run(LoadRequest request, Definition definition, DruidCluster cluster, List<DraftedRun> made) {
        Batch batch = batches.of(request, definition, cluster.name());
        String id = RunId.of(
                cluster.name(),
                RunKind.BATCH,
                request.datasource(),
                batch.chunks(),
                batch.objects(),
                request.scopedKey());
        Optional<Run> existing = runs.find(id);
        if (existing.isPresent()
                && (!existing.get().hasEnded() || existing.get().mayHaveLoaded())) {
            return existing.get();
        }
        DraftedRun drafted = drafts.draft(id, definition, batch, cluster, existing);
        made.add(drafted);
        return drafted.run();
    }
}
