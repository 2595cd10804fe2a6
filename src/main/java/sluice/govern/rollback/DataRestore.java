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
import org.jspecify.annotations.Nullable;
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
 * Restores the data of the bad versions once none of their runs is live.
 *
 * <p>The active version attempts stopped runs again. If the data is wanted back, earlier segments are marked used first,
 * then the bad ones unused, so queries always find data. Druid's call for a single segment marks it used even if newer ones
 * overshadow it. The active version loads time chunks whose earlier segments no longer exist or that had none, and all
 * objects that were appended.
 */
@ApplicationScoped
class DataRestore {

    private final RunIndex index;
    private final RunStore runs;
    private final RunTakeBack takeBack;
    private final LoadRequests requests;
    private final DruidClusters clusters;

    DataRestore(RunIndex index, RunStore runs, RunTakeBack takeBack, LoadRequests requests, DruidClusters clusters) {
        this.index = index;
        this.runs = runs;
        this.takeBack = takeBack;
        this.requests = requests;
        this.clusters = clusters;
    }

    /** Does all of it. It is idempotent, so a crash in between does no harm. */
    Rollback finish(Rollback rollback) {
        Rollback next = rollback;
        Map<String, List<Run>> loaded = new TreeMap<>();
        for (var summary : index.all(rollback.datasource())) {
            Run run = runs.find(summary.id()).orElseThrow();
            if (!rollback.badHashes().contains(run.definitionHash())) {
                continue;
            }
            if (rollback.stopped().contains(run.id()) && run.hasEnded() && !run.mayHaveLoaded()) {
                // The active version compacts and removes on its own.
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

    /** Includes runs that an interrupted attempt of this rollback has already taken back. */
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
        Set<String> doubtful = new HashSet<>();
        for (Run run : bad) {
            SegmentSnapshot snapshot = runs.segmentMark(run).orElse(SegmentSnapshot.NONE);
            if (snapshot.isOwn() && !run.isInDoubt()) {
                created.addAll(snapshot.created());
                before.addAll(snapshot.before());
            } else {
                doubtful.add(run.id());
                next = next.problem("run " + run.id() + " in cluster " + cluster.name() + ": "
                        + (snapshot.isOwn()
                                ? "nobody knows its segments, so nothing is taken back"
                                : snapshot.doubt()));
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
                        + " no longer exist, the first is " + gone.iterator().next()
                        + "; request a run of the objects that they were made of");
            }
            // Objects that are still served must not be appended once more.
            boolean isServed = run.mode() == Mode.APPEND && doubtful.contains(run.id());
            if (!isServed && run.chunks().stream().anyMatch(lost::contains)) {
                next = reload(next, run, "rollback " + datasource + " " + rollback.number() + " " + run.id());
            }
        }
        bad.stream()
                .filter(run -> !doubtful.contains(run.id()))
                .forEach(run -> takeBack.rolledBack(run, Rollbacks.reason(rollback)));
        return next;
    }

    /** Returns the segments of the newest version of each time chunk. Older ones were overshadowed before, too. */
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
     * Returns the time chunks to load: those that were empty before, those with lost segments, and those of appending
     * runs, which replaced nothing.
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

    /** Loads the objects of a run by the active version: the same run without a key, a new run with one. */
    private Rollback reload(Rollback rollback, Run run, @Nullable String key) {
        List<S3Location> objects =
                runs.plan(run).objects().stream().map(InputObject::location).toList();
        LoadRequest request = new LoadRequest(
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
                    requests.place(request).runs().stream().map(Run::id).toList());
        } catch (LoadRequestException exception) {
            return rollback.problem("run " + run.id() + " was not loaded again: " + exception.getMessage());
        }
    }
}
