package sluice.upkeep.restore;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import sluice.core.batch.Feed;
import sluice.core.batch.TimeChunk;
import sluice.ingest.hold.Hold;
import sluice.ingest.hold.HoldStore;
import sluice.ingest.run.LeaseStore;
import sluice.platform.druid.ChunkSegment;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.EarlierSegments;
import sluice.platform.druid.RestorePatience;
import sluice.platform.druid.SegmentId;
import sluice.platform.druid.SegmentState;

/**
 * One step of a restore. Segments are marked used first, then newer ones unused, so queries always find data. Each step is
 * idempotent, so a crash in between does no harm.
 */
@ApplicationScoped
class RestoreStep {

    private final LeaseStore leases;
    private final HoldStore holds;
    private final Clock clock;

    RestoreStep(LeaseStore leases, HoldStore holds, Clock clock) {
        this.leases = leases;
        this.holds = holds;
        this.clock = clock;
    }

    Restoration take(Restoration restoration, DruidCluster cluster) {
        return switch (restoration.phase()) {
            case MARKING -> marked(restoration, cluster);
            case VERIFYING -> verified(restoration, cluster);
            case DONE -> restoration;
        };
    }

    /** The environment does not have the cluster. It may come back, and a step that was interrupted may have marked segments. */
    Restoration withoutCluster(Restoration restoration) {
        String problem = "the environment has no cluster " + restoration.cluster()
                + "; segments may be marked already, so look at a new preview once it is back";
        return isOutOfPatience(restoration) ? released(restoration.failed(problem, clock.instant())) : restoration;
    }

    private Restoration marked(Restoration restoration, DruidCluster cluster) {
        Instant now = clock.instant();
        String datasource = restoration.datasource();
        Optional<Hold> hold =
                restoration.unuse().isEmpty() ? Optional.empty() : holds.on(datasource, restoration.chunks());
        // A hold that came after the newer segments were marked unused protects nothing any more.
        if (hold.isPresent() && !isReplaced(restoration, cluster)) {
            return restoration.failed(
                    "nothing was restored: what is used now is " + hold.get().text(), now);
        }
        Optional<String> waits = leases.take(operation(restoration), feed(restoration), restoration.chunks())
                .map(holder -> holder + " writes one of the time chunks")
                .or(() -> cluster.tasks()
                        .lock(datasource, restoration.chunks())
                        .map(lock -> "task " + lock.group() + " has locked one of the time chunks"));
        if (waits.isPresent()) {
            return waiting(restoration, cluster, waits.get());
        }
        Set<String> used = cluster.segmentUsage().used(datasource, intervals(restoration));
        Optional<String> newer = newer(restoration, used);
        if (newer.isPresent()) {
            return hidden(restoration, cluster, newer.get());
        }
        EarlierSegments.markAbsent(cluster.segmentUsage(), datasource, used, restoration.use());
        Set<String> missing = new TreeSet<>(restoration.use());
        missing.removeAll(cluster.segmentUsage().used(datasource, intervals(restoration)));
        if (!missing.isEmpty()) {
            return released(restoration.failed(
                    missing.size() + " segments do not exist any more, the first is "
                            + missing.iterator().next() + "; nothing was marked unused",
                    now));
        }
        if (!restoration.unuse().isEmpty()) {
            cluster.segmentUsage().markUnused(datasource, restoration.unuse());
            EarlierSegments.markUsed(cluster.segmentUsage(), datasource, intervals(restoration), restoration.use());
        }
        return rewritten(restoration, cluster).orElseGet(() -> restoration.verifying(now));
    }

    /** A compaction may have begun after the locks were asked for, and read rows that are marked unused by now. */
    private Optional<Restoration> rewritten(Restoration restoration, DruidCluster cluster) {
        String datasource = restoration.datasource();
        // Locks first: a task that has returned its lock by now has published.
        Optional<String> rewriting = cluster.tasks()
                .rewritingLock(datasource, restoration.chunks())
                .map(lock -> "task " + lock.group() + " has locked one of the time chunks meanwhile, and may hide it");
        return rewriting.isPresent()
                ? Optional.of(waiting(restoration, cluster, rewriting.get()))
                : newer(restoration, cluster.segmentUsage().used(datasource, intervals(restoration)))
                        .map(segment -> hidden(restoration, cluster, segment));
    }

    private Restoration waiting(Restoration restoration, DruidCluster cluster, String why) {
        return isOutOfPatience(restoration)
                ? released(restoration.failed(soFar(restoration, cluster) + why, clock.instant()))
                : restoration;
    }

    private Restoration hidden(Restoration restoration, DruidCluster cluster, String segment) {
        return released(restoration.failed(
                soFar(restoration, cluster) + "segment " + segment
                        + " was written since the preview and would hide it; look at a new preview",
                clock.instant()));
    }

    private Restoration verified(Restoration restoration, DruidCluster cluster) {
        Instant now = clock.instant();
        String datasource = restoration.datasource();
        Map<String, SegmentState> states = cluster.servedSegments().states(datasource, restoration.use());
        List<String> missing = new ArrayList<>(SegmentState.notServed(restoration.use(), states));
        Optional<SegmentState> hidden =
                states.values().stream().filter(SegmentState::overshadowed).findFirst();
        if (missing.isEmpty() && hidden.isEmpty()) {
            long stored = cluster.servedSegments().within(datasource, restoration.chunks()).stream()
                    .mapToLong(ChunkSegment::rows)
                    .sum();
            long counted = cluster.queries()
                    .totals(datasource, restoration.chunks(), List.of())
                    .rows();
            if (stored == counted) {
                return released(restoration.done(counted, now));
            }
            missing.add("the rows of the time chunks: segments hold " + stored + ", a query counts " + counted);
        }
        if (!isOutOfPatience(restoration)) {
            return restoration;
        }
        return released(restoration.failed(
                hidden.map(segment -> "segment " + segment.id() + " is used again, but a newer version hides it")
                        .orElseGet(
                                () -> missing.size() + " segments are used again, but not served after "
                                        + RestorePatience.LIMIT
                                        + ", the first is " + missing.get(0)
                                        + "; its version may lack segments that were deleted, or the load rules do not want it"),
                now));
    }

    /** Returns true if a step that was interrupted, or somebody else, has marked unused what the restore replaces. */
    private static boolean isReplaced(Restoration restoration, DruidCluster cluster) {
        Set<String> used = cluster.segmentUsage().used(restoration.datasource(), intervals(restoration));
        return !restoration.unuse().isEmpty() && restoration.unuse().stream().noneMatch(used::contains);
    }

    private static String soFar(Restoration restoration, DruidCluster cluster) {
        return isReplaced(restoration, cluster)
                ? "the newer segments are marked unused, and the restore ends unfinished: "
                : "nothing was restored: ";
    }

    /** Returns a used segment that would hide what is restored, and that the restore does not mark unused. */
    private static Optional<String> newer(Restoration restoration, Set<String> used) {
        String datasource = restoration.datasource();
        Set<String> known = new HashSet<>(restoration.use());
        known.addAll(restoration.unuse());
        Set<SegmentId> restored = restoration.use().stream()
                .flatMap(id -> SegmentId.of(datasource, id).stream())
                .collect(Collectors.toSet());
        return used.stream()
                .filter(id -> !known.contains(id))
                .filter(id -> SegmentId.of(datasource, id)
                        .filter(other -> restored.stream()
                                .anyMatch(segment -> other.overlaps(segment.start(), segment.end())
                                        && other.version().compareTo(segment.version()) > 0))
                        .isPresent())
                .min(String::compareTo);
    }

    private Restoration released(Restoration restoration) {
        leases.release(operation(restoration), feed(restoration), restoration.chunks());
        return restoration;
    }

    private boolean isOutOfPatience(Restoration restoration) {
        return RestorePatience.isOver(restoration.progressAt(), clock.instant());
    }

    private static List<String> intervals(Restoration restoration) {
        return restoration.chunks().stream().map(TimeChunk::interval).toList();
    }

    private static String operation(Restoration restoration) {
        return "restore " + restoration.id() + " of " + restoration.datasource();
    }

    private static Feed feed(Restoration restoration) {
        return new Feed(restoration.cluster(), restoration.datasource());
    }
}
