package sluice.ingest.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import sluice.core.batch.Batch;
import sluice.core.batch.RunId;
import sluice.core.batch.RunKind;
import sluice.core.definition.Definition;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunStore;
import sluice.platform.druid.DruidCluster;

/** Finds or drafts the run that a request is for. */
@ApplicationScoped
class RequestedRuns {

    private final RequestedBatch batches;
    private final RunDraft drafts;
    private final RunStore runs;

    RequestedRuns(RequestedBatch batches, RunDraft drafts, RunStore runs) {
        this.batches = batches;
        this.drafts = drafts;
        this.runs = runs;
    }

    /**
     * A run for a request.
     *
     * @param drafted what has to be stored; empty for a run that exists and lives or may have loaded its objects
     */
    record Requested(Run run, Optional<DraftedRun> drafted) {}

    /** @throws LoadRequestException if the request names no batch that the definition can load */
    Requested of(LoadRequest request, Definition definition, DruidCluster cluster) {
        Batch batch = batches.of(request, definition, cluster.name());
        String id = RunId.of(
                cluster.name(), RunKind.BATCH, request.datasource(), batch.chunks(), batch.objects(), request.key());
        Optional<Run> existing = runs.find(id);
        if (existing.isPresent()
                && (!existing.get().hasEnded() || existing.get().mayHaveLoaded())) {
            return new Requested(existing.get(), Optional.empty());
        }
        DraftedRun drafted = drafts.draft(id, definition, batch, cluster, existing);
        return new Requested(drafted.run(), Optional.of(drafted));
    }
}
