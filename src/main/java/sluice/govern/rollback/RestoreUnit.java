package sluice.govern.rollback;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import sluice.core.batch.TimeChunk;
import sluice.ingest.run.Run;

/**
 * The bad runs of time chunks that are restored together: those of one cluster whose chunks overlap, directly or through
 * others. Units are independent of each other, so a rollback takes them one by one and remembers the last.
 *
 * @param chunks the chunks of the runs, in order
 * @param runs the bad runs, the oldest first
 */
record RestoreUnit(String cluster, List<TimeChunk> chunks, List<Run> runs) {

    private static final int MOST_TOLD = 3;

    RestoreUnit {
        chunks = List.copyOf(chunks);
        runs = List.copyOf(runs);
    }

    /** Returns the units of runs, in the order of their keys. */
    static List<RestoreUnit> of(Collection<Run> runs) {
        Map<String, List<Run>> clusters = new TreeMap<>();
        runs.forEach(run -> clusters.computeIfAbsent(run.cluster(), any -> new ArrayList<>())
                .add(run));
        List<RestoreUnit> units = new ArrayList<>();
        clusters.forEach((cluster, some) -> units.addAll(ofCluster(cluster, some)));
        return units.stream().sorted(Comparator.comparing(RestoreUnit::key)).toList();
    }

    private static List<RestoreUnit> ofCluster(String cluster, List<Run> runs) {
        int[] parent = new int[runs.size()];
        for (int index = 0; index < parent.length; index++) {
            parent[index] = index;
        }
        record Owned(TimeChunk chunk, int run) {}
        List<Owned> owned = new ArrayList<>();
        for (int index = 0; index < runs.size(); index++) {
            for (TimeChunk chunk : runs.get(index).chunks()) {
                owned.add(new Owned(chunk, index));
            }
        }
        owned.sort(Comparator.comparing(Owned::chunk));
        Owned latest = null;
        for (Owned next : owned) {
            if (latest != null && next.chunk().start().isBefore(latest.chunk().end())) {
                parent[root(parent, next.run())] = root(parent, latest.run());
            }
            if (latest == null || next.chunk().end().isAfter(latest.chunk().end())) {
                latest = next;
            }
        }
        Map<Integer, List<Run>> groups = new TreeMap<>();
        for (int index = 0; index < runs.size(); index++) {
            groups.computeIfAbsent(root(parent, index), any -> new ArrayList<>())
                    .add(runs.get(index));
        }
        return groups.values().stream().map(group -> unit(cluster, group)).toList();
    }

    private static RestoreUnit unit(String cluster, List<Run> runs) {
        TreeSet<TimeChunk> chunks = new TreeSet<>();
        runs.forEach(run -> chunks.addAll(run.chunks()));
        return new RestoreUnit(
                cluster,
                List.copyOf(chunks),
                runs.stream()
                        .sorted(Comparator.comparing(Run::createdAt).thenComparing(Run::id))
                        .toList());
    }

    private static int root(int[] parent, int index) {
        int root = index;
        while (parent[root] != root) {
            root = parent[root];
        }
        return root;
    }

    /** Returns the place of the unit in the order of all units of a rollback. */
    String key() {
        return cluster + " " + chunks.get(0).interval();
    }

    boolean overlaps(TimeChunk other) {
        return chunks.stream().anyMatch(other::overlaps);
    }

    List<String> intervals() {
        return chunks.stream().map(TimeChunk::interval).toList();
    }

    /** Returns the unit in words. */
    String text() {
        return chunks.stream().limit(MOST_TOLD).map(TimeChunk::interval).collect(Collectors.joining(", "))
                + (chunks.size() > MOST_TOLD ? " and " + (chunks.size() - MOST_TOLD) + " more" : "") + " in cluster "
                + cluster;
    }
}
