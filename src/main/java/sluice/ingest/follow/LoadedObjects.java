package sluice.ingest.follow;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
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
import sluice.platform.objects.ObjectStoreException;

/**
 * Tags the objects of a run in S3, so that a bucket's lifecycle rules can archive what is loaded: {@code sluice-run} and
 * {@code sluice-state}. An object is tagged {@code available} once its rows are proven queryable in every datasource and
 * on every cluster that it is for; an archived object could not be loaded any more. When what a run has loaded is taken
 * back, the tag says {@code rolled-back}.
 */
@ApplicationScoped
@Priority(10)
class LoadedObjects implements RunFollowUp {

    private static final Logger LOG = Logger.getLogger(LoadedObjects.class);
    private static final String AVAILABLE = "Available";

    private final ObjectTags tags;
    private final RunStore runs;
    private final Ledger ledger;
    private final ActiveDefinitions definitions;
    private final ParallelExecutor workers;
    private final IngestSettings settings;

    LoadedObjects(
            ObjectTags tags,
            RunStore runs,
            Ledger ledger,
            ActiveDefinitions definitions,
            ParallelExecutor workers,
            IngestSettings settings) {
        this.tags = tags;
        this.runs = runs;
        this.ledger = ledger;
        this.definitions = definitions;
        this.workers = workers;
        this.settings = settings;
    }

    /** Tags the objects of a run by what became of it; one that did not load them leaves them as they are. */
    @Override
    public void ended(Run run) {
        boolean available = run.state() instanceof RunState.Available;
        if (!settings.tagging() || !run.isBatch() || !(available || run.state() instanceof RunState.RolledBack)) {
            return;
        }
        List<InputObject> objects = runs.plan(run).objects();
        AtomicReference<ObjectStoreException> refused = new AtomicReference<>();
        workers.each(objects, object -> {
            try {
                if (refused.get() == null && available && isAvailableEverywhere(run, object)) {
                    tags.set(object, Map.of(ObjectTags.RUN, run.id(), ObjectTags.STATE, "available"), false);
                } else if (refused.get() == null && !available) {
                    tags.set(object, Map.of(ObjectTags.RUN, run.id(), ObjectTags.STATE, "rolled-back"), true);
                }
            } catch (ObjectStoreException exception) {
                if (!isFinal(exception)) {
                    throw exception;
                }
                refused.set(exception);
            }
        });
        if (refused.get() != null) {
            LOG.errorf(
                    "S3 does not let the %d objects of this run be tagged: %s. Grant s3:GetObjectTagging and"
                            + " s3:PutObjectTagging (and their ...ObjectVersionTagging in a bucket with versions),"
                            + " or set SLUICE_TAGGING=false",
                    objects.size(), refused.get().getMessage());
        }
    }

    /** Forbidden, or a store that has no tags: the same call will never succeed. */
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
                        .anyMatch(entry -> entry.cluster().equals(cluster)
                                && entry.datasource().equals(run.datasource())));
        return onAllClusters
                && records.stream()
                        .filter(entry -> entry.entry().run() != null
                                || entry.entry().state().equals(Outcome.Gathering.name()))
                        .allMatch(entry -> entry.entry().state().equals(AVAILABLE));
    }
}
