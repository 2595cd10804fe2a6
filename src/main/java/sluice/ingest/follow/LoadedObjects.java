package sluice.ingest.follow;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import sluice.core.batch.InputObject;
import sluice.core.definition.Definition;
import sluice.ingest.ActiveDefinitions;
import sluice.ingest.IngestSettings;
import sluice.ingest.ledger.Ledger;
import sluice.ingest.ledger.LedgerEntry.Outcome;
import sluice.ingest.ledger.ObjectRecord;
import sluice.ingest.run.ParallelExecutor;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;
import sluice.platform.log.Log;
import sluice.platform.objects.ObjectStoreException;

/**
 * Tags the objects of a run in S3 with {@code sluice-run} and {@code sluice-state}, so that a bucket's lifecycle rules can
 * archive what is loaded. An archived object cannot be loaded any more. So an object is tagged {@code available} only once its
 * rows are proven queryable in every datasource and on every cluster that it is for. If the run is taken back, the tag becomes
 * {@code rolled-back}.
 */
@ApplicationScoped
@Priority(10)
class LoadedObjects implements RunFollowUp {

    private static final Log LOG = Log.of(LoadedObjects.class);
    private static final String AVAILABLE = "Available";

    private final ObjectTags tags;
    private final RunTagStore remembered;
    private final RunStore runs;
    private final Ledger ledger;
    private final ActiveDefinitions definitions;
    private final ParallelExecutor workers;
    private final IngestSettings settings;

    LoadedObjects(
            ObjectTags tags,
            RunTagStore remembered,
            RunStore runs,
            Ledger ledger,
            ActiveDefinitions definitions,
            ParallelExecutor workers,
            IngestSettings settings) {
        this.tags = tags;
        this.remembered = remembered;
        this.runs = runs;
        this.ledger = ledger;
        this.definitions = definitions;
        this.workers = workers;
        this.settings = settings;
    }

    /** Tags the objects of a run that is Available or RolledBack. */
    @Override
    public void ended(Run run) {
        boolean available = run.state() instanceof RunState.Available;
        if (!settings.tagging() || !run.isBatch() || !(available || run.state() instanceof RunState.RolledBack)) {
            return;
        }
        List<InputObject> objects = runs.plan(run).objects();
        AtomicReference<ObjectStoreException> refused = new AtomicReference<>();
        AtomicInteger tagged = new AtomicInteger();
        workers.each(objects, object -> {
            try {
                if (refused.get() == null && (available ? tag(run, object) : tagAgain(run, object))) {
                    tagged.incrementAndGet();
                }
            } catch (ObjectStoreException exception) {
                if (!isFinal(exception)) {
                    throw exception;
                }
                refused.set(exception);
            }
        });
        remember(run, objects.size(), tagged.get(), refused.get());
        if (refused.get() != null) {
            LOG.error(
                    "S3 does not let objects be tagged: grant s3:GetObjectTagging and s3:PutObjectTagging (and their"
                            + " ...ObjectVersionTagging in a bucket with versions), or set SLUICE_TAGGING=false",
                    "runId",
                    run.id(),
                    "objects",
                    objects.size(),
                    "reason",
                    refused.get().getMessage());
        }
    }

    private boolean tag(Run run, InputObject object) {
        return isAvailableEverywhere(run, object)
                && tags.set(object, Map.of(ObjectTags.RUN, run.id(), ObjectTags.STATE, RunTags.AVAILABLE), false);
    }

    private boolean tagAgain(Run run, InputObject object) {
        return tags.set(object, Map.of(ObjectTags.RUN, run.id(), ObjectTags.STATE, RunTags.ROLLED_BACK), true);
    }

    private void remember(Run run, int objects, int tagged, @Nullable ObjectStoreException refused) {
        if (tagged > 0 || refused != null) {
            remembered.write(run, objects, tagged, refused == null ? null : refused.getMessage());
        }
    }

    /** Returns true if the same call will never succeed: it is forbidden, or the store has no tags. */
    private static boolean isFinal(ObjectStoreException exception) {
        return switch (exception.code()) {
            case FORBIDDEN, UNSUPPORTED -> true;
            case NOT_FOUND, REJECTED, TOO_LARGE, UNAVAILABLE -> false;
        };
    }

    private boolean isAvailableEverywhere(Run run, InputObject object) {
        List<ObjectRecord> records = ledger.history(object.location()).stream()
                .filter(entry -> entry.version().equals(object.etag()) && entry.cluster() != null)
                .toList();
        boolean onAllClusters = definitions.current().find(run.datasource()).map(Definition::clusters).stream()
                .flatMap(List::stream)
                .allMatch(cluster -> records.stream()
                        .anyMatch(entry -> cluster.equals(entry.cluster())
                                && run.datasource().equals(entry.datasource())));
        return onAllClusters
                && records.stream()
                        .filter(entry -> entry.entry().run() != null
                                || entry.entry().state().equals(Outcome.Gathering.name()))
                        .allMatch(entry -> entry.entry().state().equals(AVAILABLE));
    }
}
