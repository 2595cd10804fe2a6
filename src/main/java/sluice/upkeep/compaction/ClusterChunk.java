package sluice.upkeep.compaction;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import sluice.core.batch.Feed;
import sluice.core.batch.RunKind;
import sluice.core.batch.TimeChunk;
import sluice.core.contract.Finding;
import sluice.core.contract.Severity;
import sluice.core.definition.BatchDefinition;
import sluice.core.definition.BatchDefinition.Mode;
import sluice.core.definition.Definition;
import sluice.core.definition.Rollup;
import sluice.core.json.CanonicalJson;
import sluice.core.spec.SegmentTarget;
import sluice.core.spec.SpecDefaults;
import sluice.ingest.intake.PendingChunks;
import sluice.ingest.run.LeaseStore;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;
import sluice.ingest.submission.TaskDraft;
import sluice.ingest.submission.TaskRuns;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidClusters;
import sluice.platform.druid.DruidException;
import sluice.upkeep.clusters.Standing;

/** Compaction of one time chunk on one cluster: whether it can begin, and the run that does it. */
@ApplicationScoped
class ClusterChunk {

    /** Metrics whose sums stay exactly as they are when rows are combined. */
    private static final Set<String> EXACT = Set.of("count", "longSum");

    /** Code of the finding that says why a run was planned. */
    private static final String CHOSEN = "SLU-0926";

    private final DruidClusters clusters;
    private final ChunkView view;
    private final PendingChunks pending;
    private final RunStore runs;
    private final LeaseStore leases;
    private final TaskRuns taskRuns;
    private final SpecDefaults defaults;

    ClusterChunk(
            DruidClusters clusters,
            ChunkView view,
            PendingChunks pending,
            RunStore runs,
            LeaseStore leases,
            TaskRuns taskRuns) {
        this.clusters = clusters;
        this.view = view;
        this.pending = pending;
        this.runs = runs;
        this.leases = leases;
        this.taskRuns = taskRuns;
        this.defaults = SpecDefaults.fromEnvironment(System.getenv());
    }

    /** Where the cluster stands with the chunk. A Druid that gives no answer counts as busy. */
    Standing standing(Definition definition, String name, TimeChunk chunk) {
        Optional<DruidCluster> cluster = clusters.find(name);
        if (cluster.isEmpty()) {
            return new Standing.Failed("the environment has no cluster " + name + ", only " + clusters.names());
        }
        Feed feed = new Feed(name, definition.datasource());
        Optional<String> awaited = leases.holder(feed, chunk)
                .map(run -> "run " + run.id() + " has the lease and is "
                        + run.state().label())
                .or(() -> pending.pending(feed, chunk));
        if (awaited.isPresent()) {
            return new Standing.Busy(awaited.get());
        }
        try {
            return standing(definition, cluster.get(), chunk);
        } catch (DruidException exception) {
            return new Standing.Busy(exception.getMessage());
        }
    }

    private Standing standing(Definition definition, DruidCluster cluster, TimeChunk chunk) {
        String datasource = definition.datasource();
        ChunkContents contents = view.contents(cluster, datasource, chunk);
        if (!cluster.segmentUsage().used(datasource, List.of(chunk.interval())).containsAll(contents.ids())) {
            // A broker learns a moment later than the metadata store what a failed compaction has given back.
            return new Standing.Busy("brokers still show segments that are no longer used");
        }
        CompactionPolicy worth = worth(definition, contents);
        if (worth instanceof CompactionPolicy.Not) {
            return new Standing.Done(worth.reason());
        } else if (worth instanceof CompactionPolicy.Unknown) {
            return new Standing.Busy(worth.reason());
        }
        Optional<Run> earlier =
                runs.find(TaskRuns.id(draft(definition, cluster, contents, new CompactionInvariant(0), "")));
        if (earlier.isPresent()) {
            return standing(earlier.get());
        }
        if (!definition.compaction().isOld(chunk.end(), view.latest(cluster, datasource))) {
            return new Standing.Busy("it is younger than skipOffsetFromLatest "
                    + definition.compaction().skipOffsetFromLatest());
        }
        // A task that compacts waits for the lock for ever, or loses it (apache/druid #9466).
        return view.lock(cluster, datasource, chunk)
                .<Standing>map(lock -> new Standing.Busy("task " + lock.group() + " has a lock on it"))
                .orElseGet(() -> new Standing.Ready(worth.reason()));
    }

    private CompactionPolicy worth(Definition definition, ChunkContents contents) {
        BatchDefinition batch = definition.batch();
        boolean cutAsGiven =
                batch != null && batch.mode() == Mode.REPLACE && !batch.partitionsAreAuto() && contents.isOfOneWriter();
        return cutAsGiven
                ? new CompactionPolicy.Not("one task has written it, by the definition's own partitions")
                : CompactionPolicy.of(contents, SegmentTarget.of(defaults));
    }

    /** The run that has compacted, or tried to compact, just these segments. */
    private static Standing standing(Run run) {
        String name = "run " + run.id();
        if (!run.hasEnded()) {
            return new Standing.Busy(name + " is " + run.state().label());
        }
        return new Standing.Failed(
                run.state() instanceof RunState.Available
                        ? name + " has compacted these segments, and they are served again"
                        : name + " could not compact these segments: it is "
                                + run.state().label());
    }

    /**
     * Plans the run that compacts what serves the chunk now; planned before, it is the same run.
     *
     * @return nothing when the chunk is changing, or its rows are not known to all of Druid
     */
    Optional<Run> plan(Definition definition, String name, TimeChunk chunk, String definitionHash) {
        DruidCluster cluster = clusters.find(name).orElseThrow();
        String datasource = definition.datasource();
        ChunkContents contents = view.contents(cluster, datasource, chunk);
        boolean rolledUp = definition.schema().rollup() != Rollup.OFF;
        CompactionInvariant kept = view.measure(cluster, datasource, chunk, rolledUp, sums(definition, contents));
        boolean steady = kept.rows() == contents.rows()
                && view.contents(cluster, datasource, chunk).ids().equals(contents.ids());
        return steady && worth(definition, contents) instanceof CompactionPolicy.Pays
                ? Optional.of(taskRuns.plan(draft(definition, cluster, contents, kept, definitionHash)))
                : Optional.empty();
    }

    private TaskDraft draft(
            Definition definition,
            DruidCluster cluster,
            ChunkContents contents,
            CompactionInvariant kept,
            String definitionHash) {
        Duration limit = definition.batch() == null ? defaults.timeout() : defaults.timeout(definition.batch());
        CompactionPolicy worth = worth(definition, contents);
        return new TaskDraft(
                RunKind.COMPACT,
                cluster.name(),
                definition.datasource(),
                Mode.REPLACE,
                List.of(contents.chunk()),
                CanonicalJson.sha256(String.join("\n", contents.ids())),
                CompactTask.of(definition, contents, kept, defaults),
                List.of(new Finding(
                        CHOSEN, Severity.INFO, "", null, null, worth.reason(), null, null, CompactTask.PAGE)),
                definitionHash,
                limit);
    }

    private static List<String> sums(Definition definition, ChunkContents contents) {
        Set<String> stored = contents.metrics();
        List<String> columns = new ArrayList<>();
        for (JsonNode metric : definition.schema().dataSchema().path("metricsSpec")) {
            String name = metric.path("name").asText();
            if (EXACT.contains(metric.path("type").asText()) && stored.contains(name)) {
                columns.add(name);
            }
        }
        return columns;
    }
}
