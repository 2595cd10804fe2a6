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
 *
 * <p>One invocation has time for {@link #AT_ONCE} objects, each of which takes several calls. It asks for another invocation for
 * those that are left ({@code sluice.tags.requested}).
 */
@ApplicationScoped
@Priority(10)
public class LoadedObjects implements RunFollowUp {

    /** Ten messages of a batch are handled one after the other, and share the two minutes of an invocation. */
    static final int AT_ONCE = 250;

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
        if (isToBeTagged(run) && remembered.done(run) == 0) {
            tag(run, 0);
        }
    }

    /**
     * Tags the next objects of a run. A request that comes late or once more changes nothing.
     *
     * @param done number of objects of the run's plan that are done
     */
    public void requested(String runId, int done) {
        runs.find(runId)
                .filter(run -> isToBeTagged(run) && remembered.done(run) == done)
                .ifPresent(run -> tag(run, done));
    }

    private boolean isToBeTagged(Run run) {
        return settings.tagging() && run.isBatch() && (isAvailable(run) || run.state() instanceof RunState.RolledBack);
    }

    private static boolean isAvailable(Run run) {
        return run.state() instanceof RunState.Available;
    }

    private void tag(Run run, int from) {
        boolean available = isAvailable(run);
        List<InputObject> all = runs.plan(run).objects();
        int next = Math.min(all.size(), from + AT_ONCE);
        AtomicReference<ObjectStoreException> refused = new AtomicReference<>();
        AtomicInteger tagged = new AtomicInteger();
        workers.each(all.subList(from, next), object -> {
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
        remember(run, all.size(), tagged.get(), from, next, refused.get());
        if (refused.get() != null) {
            LOG.error(
                    "S3 does not let objects be tagged: grant s3:GetObjectTagging and s3:PutObjectTagging (and their"
                            + " ...ObjectVersionTagging in a bucket with versions), or set SLUICE_TAGGING=false",
                    "runId",
                    run.id(),
                    "objects",
                    all.size(),
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

    private void remember(
            Run run, int objects, int taggedNow, int from, int next, @Nullable ObjectStoreException refused) {
        int tagged = taggedNow
                + (from == 0 ? 0 : remembered.find(run).map(RunTags::tagged).orElse(0));
        if (refused == null && next < objects) {
            remembered.goOn(run, objects, tagged, from, next);
        } else if (tagged > 0 || from > 0 || refused != null) {
            remembered.end(run, objects, tagged, from, refused == null ? null : refused.getMessage());
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
