package sluice.upkeep.retention;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import sluice.platform.druid.UnusedSegment;

/**
 * Unused segments that must not be deleted. A kill task names an interval, versions and a latest time of marking, not
 * segments, so a task for the others might reach one of these.
 */
final class SparedSegments {

    private final Map<String, NavigableMap<Instant, List<UnusedSegment>>> byVersion = new HashMap<>();

    /** @param doomed the segments to delete, among all unused ones */
    SparedSegments(Collection<UnusedSegment> unused, Collection<UnusedSegment> doomed) {
        Set<String> ids = doomed.stream().map(UnusedSegment::id).collect(Collectors.toSet());
        for (UnusedSegment segment : unused) {
            if (!ids.contains(segment.id())) {
                byVersion
                        .computeIfAbsent(segment.version(), any -> new TreeMap<>())
                        .computeIfAbsent(segment.start(), any -> new ArrayList<>())
                        .add(segment);
            }
        }
    }

    /** Returns true if a task for these segments, of which there is at least one, would delete one of the spared. */
    boolean isReachedBy(List<UnusedSegment> segments) {
        if (byVersion.isEmpty()) {
            return false;
        }
        Instant start = segments.stream()
                .map(UnusedSegment::start)
                .min(Instant::compareTo)
                .orElseThrow();
        Instant end = segments.stream()
                .map(UnusedSegment::end)
                .max(Instant::compareTo)
                .orElseThrow();
        Instant latest = KillPlan.latest(segments);
        return segments.stream()
                .map(UnusedSegment::version)
                .distinct()
                .flatMap(version ->
                        byVersion.getOrDefault(version, new TreeMap<>()).subMap(start, end).values().stream())
                .flatMap(List::stream)
                .anyMatch(segment -> !segment.end().isAfter(end)
                        && (segment.since() == null || !segment.since().isAfter(latest)));
    }
}
