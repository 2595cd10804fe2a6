package sluice.govern.rollback;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import sluice.core.batch.InputObject;
import sluice.core.batch.S3Location;
import sluice.core.batch.TimeChunk;
import sluice.core.definition.BatchDefinition.Mode;
import sluice.core.json.CanonicalJson;
import sluice.ingest.intake.LoadRequest;
import sluice.ingest.intake.LoadRequestException;
import sluice.ingest.intake.LoadRequests;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunIndex;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;
import sluice.ingest.run.SegmentSnapshot;
import sluice.ingest.tracking.RunTakeBack;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidClusters;
import sluice.platform.druid.SegmentId;

/**
 * What happens to the data of the bad versions once none of their runs lives.
 *
 * <p>Runs that were stopped are attempted again by the version in force. Where the data is wanted back, earlier segments
 * are marked used first, by Druid's call for a single segment, which does it even while newer ones overshadow them; then
 * the bad ones are marked unused. In this order no moment is without data. Time chunks whose earlier segments do not
 * exist any more, or that had none, are loaded by the version in force; so are objects that were appended.
 */
@ApplicationScoped
class DataRestore {

    private final RunIndex index;
    private final RunStore runs;
    private final RunTakeBack takeBack;
    private final LoadRequests orders;
    private final DruidClusters clusters;

    DataRestore(RunIndex index, RunStore runs, RunTakeBack takeBack, LoadRequests orders, DruidClusters clusters) {
        this.index = index;
        this.runs = runs;
        this.takeBack = takeBack;
        this.orders = orders;
        this.clusters = clusters;
    }

    /** Does all of it; can be done again after a crash. */
    Rollback finish(Rollback rollback) {
        Rollback next = rollback;
        Map<String, List<Run>> loaded = new TreeMap<>();
        for (var summary : index.all(rollback.datasource())) {
            Run run = runs.find(summary.id()).orElseThrow();
            if (!rollback.badHashes().contains(run.definitionHash())) {
                continue;
            }
            if (rollback.stopped().contains(run.id()) && run.hasEnded() && !run.mayHaveLoaded()) {
                // The version in force compacts and removes by itself.
                next = run.isBatch() ? reload(next, run, null) : next;
            } else if (rollback.data() && hasLoaded(rollback, run)) {
                loaded.computeIfAbsent(run.cluster(), name -> new ArrayList<>()).add(run);
            }
        }
        for (Map.Entry<String, List<Run>> cluster : loaded.entrySet()) {
            next = clusters.find(cluster.getKey()).isEmpty()
                    ? next.problem("the environment has no cluster " + cluster.getKey())
                    : restore(next, clusters.find(cluster.getKey()).get(), cluster.getValue());
        }
        return next;
    }

    /** Runs that a try before this one has taken back belong to it still: what they replaced is not to be put back twice. */
    private static boolean hasLoaded(Rollback rollback, Run run) {
        return run.mayHaveLoaded()
                || (run.state() instanceof RunState.RolledBack end
                        && !end.since().isBefore(rollback.startedAt()));
    }

    private Rollback restore(Rollback rollback, DruidCluster cluster, List<Run> bad) {
        Set<String> created = new TreeSet<>();
        Set<String> before = new TreeSet<>();
        Set<String> intervals = new TreeSet<>();
        Rollback next = rollback;
        for (Run run : bad) {
            SegmentSnapshot mark = runs.segmentMark(run).orElse(SegmentSnapshot.NONE);
            if (mark.isOwn()) {
                created.addAll(mark.created());
                before.addAll(mark.before());
            } else {
                next = next.problem("run " + run.id() + " in cluster " + cluster.name() + ": " + mark.doubt());
            }
            intervals.addAll(run.intervals());
        }
        before.removeAll(created);
        String datasource = rollback.datasource();
        Set<String> served = newest(datasource, before);
        Set<String> used = cluster.segmentUsage().used(datasource, List.copyOf(intervals));
        List<String> absent = served.stream().filter(id -> !used.contains(id)).toList();
        absent.forEach(id -> cluster.segmentUsage().markUsed(datasource, id));
        Set<String> usedAgain =
                absent.isEmpty() ? used : cluster.segmentUsage().used(datasource, List.copyOf(intervals));
        Set<String> gone = new TreeSet<>(served);
        gone.removeAll(usedAgain);
        Set<TimeChunk> lost = lost(datasource, bad, served, gone);
        int takenBack = created.isEmpty() ? 0 : cluster.segmentUsage().markUnused(datasource, created);
        next = next.restored(new Rollback.Restored(
                cluster.name(),
                takenBack,
                (int) absent.stream().filter(usedAgain::contains).count(),
                gone.size()));
        for (Run run : bad) {
            if (run.mode() == Mode.APPEND && !gone.isEmpty()) {
                next = next.problem(gone.size() + " segments of " + datasource + " in cluster " + cluster.name()
                        + " do not exist any more, the first " + gone.iterator().next()
                        + "; order a run of the objects that they were made of");
            }
            if (run.chunks().stream().anyMatch(lost::contains)) {
                next = reload(next, run, "rollback " + datasource + " " + rollback.number() + " " + run.id());
            }
        }
        bad.forEach(run -> takeBack.rolledBack(run, Rollbacks.reason(rollback)));
        return next;
    }

    /** Of the segments of each time chunk, those of the newest version: older ones were not served before either. */
    private static Set<String> newest(String datasource, Set<String> segments) {
        Map<String, String> versions = new HashMap<>();
        for (String id : segments) {
            SegmentId.of(datasource, id)
                    .ifPresent(segment -> versions.merge(
                            segment.interval(),
                            segment.version(),
                            (left, right) -> left.compareTo(right) < 0 ? right : left));
        }
        Set<String> newest = new TreeSet<>();
        for (String id : segments) {
            if (SegmentId.of(datasource, id)
                    .filter(segment -> segment.version().equals(versions.get(segment.interval())))
                    .isPresent()) {
                newest.add(id);
            }
        }
        return newest;
    }

    /**
     * Time chunks that have to be loaded: nothing was in them before, or some of it is gone. What was appended replaced
     * nothing, so there is nothing to put back for it either.
     */
    private static Set<TimeChunk> lost(String datasource, List<Run> bad, Set<String> served, Set<String> gone) {
        Set<TimeChunk> lost = new HashSet<>();
        for (Run run : bad) {
            for (TimeChunk chunk : run.chunks()) {
                boolean none = served.stream().noneMatch(id -> isOf(datasource, id, chunk));
                boolean some = gone.stream().anyMatch(id -> isOf(datasource, id, chunk));
                if (none || some || run.mode() == Mode.APPEND) {
                    lost.add(chunk);
                }
            }
        }
        return lost;
    }

    private static boolean isOf(String datasource, String id, TimeChunk chunk) {
        return SegmentId.of(datasource, id)
                .filter(segment -> segment.overlaps(chunk.start(), chunk.end()))
                .isPresent();
    }

    /** Loads the objects of a run by the version in force: the same run again, or under a key another one. */
    private Rollback reload(Rollback rollback, Run run, String key) {
        List<S3Location> objects =
                runs.plan(run).objects().stream().map(InputObject::location).toList();
        LoadRequest order = new LoadRequest(
                run.datasource(),
                List.of(run.cluster()),
                objects,
                null,
                key,
                CanonicalJson.sha256(run.id() + " " + rollback.number()),
                rollback.author(),
                Rollbacks.reason(rollback));
        try {
            return rollback.reloaded(
                    orders.place(order).runs().stream().map(Run::id).toList());
        } catch (LoadRequestException exception) {
            return rollback.problem("run " + run.id() + " was not loaded again: " + exception.getMessage());
        }
    }
}
