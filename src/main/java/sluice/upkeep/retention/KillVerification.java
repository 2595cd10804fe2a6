package sluice.upkeep.retention;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import sluice.core.batch.RunKind;
import sluice.ingest.run.Counts;
import sluice.ingest.run.Plan;
import sluice.ingest.run.Run;
import sluice.ingest.run.SegmentSnapshot;
import sluice.ingest.tracking.Verification;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.SegmentCatalog;
import sluice.platform.druid.SegmentId;
import sluice.platform.druid.UnusedSegment;

/**
 * Proves a kill run: the metadata store must have none of its segments any more. Druid's task deletes the records, then the
 * files, and fails if it cannot delete a file; so SUCCESS and no records prove that both are gone (apache/druid #16030).
 * Segments that were used before must still exist, used or unused.
 */
@ApplicationScoped
class KillVerification implements Verification {

    /** Key in the task's context: total size of the segments that it deletes. */
    static final String BYTES = "sluice.bytes";

    private static final int PAGE = 500;

    @Override
    public RunKind kind() {
        return RunKind.KILL;
    }

    @Override
    public boolean createsSegments() {
        return false;
    }

    @Override
    public Outcome verify(Run run, Plan plan, SegmentSnapshot snapshot, Counts counts, DruidCluster cluster) {
        JsonNode task = plan.requireSpec();
        Set<String> versions = new HashSet<>();
        task.path("versions").forEach(version -> versions.add(version.asText()));
        Instant latest = Instant.parse(task.path("maxUsedStatusLastUpdatedTime").asText());
        List<UnusedSegment> unused = unused(
                cluster.segmentCatalog(),
                run.datasource(),
                task.path("interval").asText());
        List<String> left = unused.stream()
                .filter(segment -> versions.contains(segment.version())
                        && (segment.since() == null || !segment.since().isAfter(latest)))
                .map(UnusedSegment::id)
                .toList();
        if (!left.isEmpty()) {
            return new Outcome.NotYet(
                    left.size() + " segments are still in the metadata store, the first is " + left.get(0));
        }
        Set<String> gone = snapshot.before().stream()
                .filter(id -> isWithin(run, id))
                .collect(Collectors.toCollection(HashSet::new));
        gone.removeAll(cluster.segmentUsage().used(run.datasource(), run.intervals()));
        unused.forEach(segment -> gone.remove(segment.id()));
        if (!gone.isEmpty()) {
            return new Outcome.Wrong(
                    gone.size() + " segments that were used before are gone, the first is "
                            + gone.iterator().next(),
                    false);
        }
        int killed = cluster.tasks()
                .segmentsKilled(run.taskId())
                .orElse(task.path("limit").asInt());
        return new Outcome.Proven(new Counts(
                0L, 0, 0, killed, 0L, task.path("context").path(BYTES).asLong(), counts.taskMillis()));
    }

    /** The task cannot reach a segment that only overlaps the run's chunks, and {@link #unused} does not list it. */
    private static boolean isWithin(Run run, String segmentId) {
        Instant start = run.chunks().get(0).start();
        Instant end = run.chunks().get(run.chunks().size() - 1).end();
        return SegmentId.of(run.datasource(), segmentId)
                .filter(segment ->
                        !segment.start().isBefore(start) && !segment.end().isAfter(end))
                .isPresent();
    }

    private static List<UnusedSegment> unused(SegmentCatalog catalog, String datasource, String interval) {
        List<UnusedSegment> all = new ArrayList<>();
        List<UnusedSegment> page;
        do {
            page = catalog.unused(
                    datasource,
                    interval,
                    all.isEmpty() ? null : all.get(all.size() - 1).id(),
                    PAGE);
            all.addAll(page);
        } while (page.size() == PAGE);
        return all;
    }
}
