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
import sluice.platform.druid.BrokerView;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidClusters;
import sluice.platform.druid.DruidException;
import sluice.upkeep.clusters.ClusterStatus;

/** Compacts one time chunk on one cluster: decides whether it can begin, and plans the run. */
@ApplicationScoped
class ClusterChunk {

    /** Types of metrics whose sums rollup keeps exactly. */
    private static final Set<String> EXACT_METRICS = Set.of("count", "longSum");

    /** Code of the finding that explains why a run was planned. */
    private static final String PLANNED_BECAUSE = "SLU-0926";

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

    /** Returns the status of the chunk on the cluster. A cluster that gives no answer is busy. */
    ClusterStatus status(Definition definition, String name, TimeChunk chunk) {
        Optional<DruidCluster> cluster = clusters.find(name);
        if (cluster.isEmpty()) {
            return new ClusterStatus.Failed("the environment has no cluster " + name + ", only " + clusters.names());
        }
        Feed feed = new Feed(name, definition.datasource());
        Optional<String> awaited = leases.holder(feed, chunk)
                .map(run -> "run " + run.id() + " holds the lease and is "
                        + run.state().label())
                .or(() -> pending.pending(feed, chunk));
        if (awaited.isPresent()) {
            return new ClusterStatus.Busy(awaited.get());
        }
        try {
            return status(definition, cluster.get(), chunk);
        } catch (DruidException exception) {
            return new ClusterStatus.Busy(String.valueOf(exception.getMessage()));
        }
    }

    private ClusterStatus status(Definition definition, DruidCluster cluster, TimeChunk chunk) {
        String datasource = definition.datasource();
        Set<String> used = cluster.segmentUsage().used(datasource, List.of(chunk.interval()));
        // Before the contents are read: brokers may learn of segments between any two questions.
        Optional<String> behind = BrokerView.behind(cluster, datasource, used);
        if (behind.isPresent()) {
            return new ClusterStatus.Busy(behind.get());
        }
        ChunkContents contents = view.contents(cluster, datasource, chunk);
        if (!used.containsAll(contents.ids())) {
            // The broker learns a moment after the metadata store which segments a failed compaction has given back.
            return new ClusterStatus.Busy("brokers still list segments that are no longer used");
        }
        CompactionPolicy policy = policy(definition, contents);
        if (policy instanceof CompactionPolicy.DoesNotPay) {
            return new ClusterStatus.Done(policy.reason());
        } else if (policy instanceof CompactionPolicy.Unknown) {
            return new ClusterStatus.Busy(policy.reason());
        }
        Optional<Run> earlier =
                runs.find(TaskRuns.id(draft(definition, cluster, contents, new CompactionInvariant(0), "")));
        if (earlier.isPresent()) {
            return status(earlier.get());
        }
        if (definition.schema().rollup() == Rollup.ON
                && sums(definition, contents).isEmpty()) {
            return new ClusterStatus.Failed(
                    "rows are rolled up, and no metric of type count or longSum would prove that a"
                            + " compaction keeps them; add {type: count, name: count}");
        }
        if (!definition.compaction().isOld(chunk.end(), view.latest(cluster, datasource))) {
            return new ClusterStatus.Busy("it is younger than skipOffsetFromLatest "
                    + definition.compaction().skipOffsetFromLatest());
        }
        // A compact task would wait for the lock for ever, or lose it (apache/druid #9466).
        return cluster.tasks()
                .lock(datasource, List.of(chunk))
                .<ClusterStatus>map(lock -> new ClusterStatus.Busy("task " + lock.group() + " has a lock on it"))
                .orElseGet(() -> new ClusterStatus.Ready(policy.reason()));
    }

    private CompactionPolicy policy(Definition definition, ChunkContents contents) {
        BatchDefinition batch = definition.batch();
        boolean isCutAsDefined =
                batch != null && batch.mode() == Mode.REPLACE && !batch.partitionsAreAuto() && contents.isOfOneWriter();
        return isCutAsDefined
                ? new CompactionPolicy.DoesNotPay("one task has written it with the definition's own partitions")
                : CompactionPolicy.of(contents, SegmentTarget.of(defaults));
    }

    /** Returns the status by the run that has compacted, or tried to compact, exactly these segments. */
    private static ClusterStatus status(Run run) {
        String name = "run " + run.id();
        if (!run.hasEnded()) {
            return new ClusterStatus.Busy(name + " is " + run.state().label());
        }
        return new ClusterStatus.Failed(
                run.state() instanceof RunState.Available
                        ? name + " has compacted these segments, but they are served again"
                        : name + " could not compact these segments: it is "
                                + run.state().label());
    }

    /**
     * Plans the run that compacts the segments that serve the chunk now. Planning is idempotent.
     *
     * @return the run; empty if the chunk is changing, or brokers do not know all its rows yet
     */
    Optional<Run> plan(Definition definition, String name, TimeChunk chunk, String definitionHash) {
        DruidCluster cluster = clusters.find(name).orElseThrow();
        String datasource = definition.datasource();
        ChunkContents contents = view.contents(cluster, datasource, chunk);
        boolean rolledUp = definition.schema().rollup() != Rollup.OFF;
        CompactionInvariant before = view.measure(cluster, datasource, chunk, rolledUp, sums(definition, contents));
        boolean isStable = before.rows() == contents.rows()
                && view.contents(cluster, datasource, chunk).ids().equals(contents.ids());
        return isStable && policy(definition, contents) instanceof CompactionPolicy.Pays
                ? Optional.of(taskRuns.plan(draft(definition, cluster, contents, before, definitionHash)))
                : Optional.empty();
    }

    private TaskDraft draft(
            Definition definition,
            DruidCluster cluster,
            ChunkContents contents,
            CompactionInvariant before,
            String definitionHash) {
        Duration limit = definition.batch() == null ? defaults.timeout() : defaults.timeout(definition.batch());
        CompactionPolicy policy = policy(definition, contents);
        return new TaskDraft(
                RunKind.COMPACT,
                cluster.name(),
                definition.datasource(),
                Mode.REPLACE,
                List.of(contents.chunk()),
                CanonicalJson.sha256(String.join("\n", contents.ids())),
                CompactTask.of(definition, contents, before, defaults),
                List.of(new Finding(
                        PLANNED_BECAUSE, Severity.INFO, "", null, null, policy.reason(), null, null, CompactTask.PAGE)),
                definitionHash,
                limit);
    }

    private static List<String> sums(Definition definition, ChunkContents contents) {
        Set<String> stored = contents.metrics();
        List<String> columns = new ArrayList<>();
        for (JsonNode metric : definition.schema().dataSchema().path("metricsSpec")) {
            String name = metric.path("name").asText();
            if (EXACT_METRICS.contains(metric.path("type").asText()) && stored.contains(name)) {
                columns.add(name);
            }
        }
        return columns;
    }
}
