package sluice.upkeep.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import sluice.core.batch.TimeChunk;
import sluice.platform.druid.ChunkTotals;

/**
 * The versions of time chunks that queries read. A version hides an older one only once data servers have all of it: until
 * then brokers go on serving the older one, although the metadata store calls it overshadowed already. Druid's own duty waits
 * likewise ({@code MarkOvershadowedSegmentsAsUnused}).
 */
final class ServedVersions {

    private final Map<TimeChunk, List<ChunkTotals>> byChunk = new HashMap<>();
    private final NavigableMap<Instant, List<ChunkTotals>> byStart = new TreeMap<>();
    private final List<ChunkTotals> unbounded = new ArrayList<>();
    private Duration longest = Duration.ZERO;

    /** @param totals used segments that are not overshadowed, by chunk and version */
    ServedVersions(List<ChunkTotals> totals) {
        for (ChunkTotals total : totals) {
            TimeChunk chunk = new TimeChunk(total.start(), total.end());
            byChunk.computeIfAbsent(chunk, any -> new ArrayList<>()).add(total);
            if (KillPlanner.isBounded(chunk)) {
                byStart.computeIfAbsent(total.start(), any -> new ArrayList<>()).add(total);
                Duration length = Duration.between(total.start(), total.end());
                longest = length.compareTo(longest) > 0 ? length : longest;
            } else {
                unbounded.add(total);
            }
        }
    }

    /** Returns the versions that together hide all of a chunk's version; empty if they do not, or are not all served. */
    List<ChunkTotals> hiding(TimeChunk chunk, String version) {
        List<ChunkTotals> same = byChunk.getOrDefault(chunk, List.of()).stream()
                .filter(total -> total.version().compareTo(version) > 0)
                .toList();
        List<ChunkTotals> newer = same.isEmpty() ? overlapping(chunk, version) : same;
        return newer.stream().allMatch(ChunkTotals::isServed) && chunk.isCoveredBy(chunks(newer)) ? newer : List.of();
    }

    private List<ChunkTotals> overlapping(TimeChunk chunk, String version) {
        List<ChunkTotals> candidates = new ArrayList<>(unbounded);
        if (KillPlanner.isBounded(chunk)) {
            byStart.subMap(chunk.start().minus(longest), true, chunk.end(), false)
                    .values()
                    .forEach(candidates::addAll);
        } else {
            byStart.values().forEach(candidates::addAll);
        }
        return candidates.stream()
                .filter(total -> total.version().compareTo(version) > 0)
                .filter(total ->
                        total.start().isBefore(chunk.end()) && total.end().isAfter(chunk.start()))
                .sorted(Comparator.comparing(ChunkTotals::start))
                .toList();
    }

    private static List<TimeChunk> chunks(List<ChunkTotals> totals) {
        return totals.stream()
                .map(total -> new TimeChunk(total.start(), total.end()))
                .toList();
    }
}
