package sluice.simulation.druid;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import sluice.core.batch.TimeChunk;

/**
 * Which of some segments count. The version of a time chunk counts as a whole once all of its core partitions are there;
 * at any moment, the greatest version that counts hides the others.
 *
 * @see <a href="https://druid.apache.org/docs/latest/design/segments#segment-lifecycle">Segment lifecycle</a>
 */
final class Timeline {

    private record Group(TimeChunk chunk, String version) {}

    private final Map<Group, List<StoredSegment>> complete = new HashMap<>();
    /** Complete groups by the start of their time chunk, so that a look at one chunk does not look at all. */
    private final NavigableMap<Instant, List<Group>> byStart = new TreeMap<>();

    private Duration longest = Duration.ZERO;

    Timeline(Collection<StoredSegment> segments) {
        Map<Group, List<StoredSegment>> groups = new HashMap<>();
        segments.forEach(segment -> groups.computeIfAbsent(
                        new Group(segment.chunk(), segment.version()), any -> new ArrayList<>())
                .add(segment));
        groups.forEach((group, members) -> {
            if (isComplete(members)) {
                complete.put(group, members);
                byStart.computeIfAbsent(group.chunk().start(), any -> new ArrayList<>())
                        .add(group);
                Duration length =
                        Duration.between(group.chunk().start(), group.chunk().end());
                longest = length.compareTo(longest) > 0 ? length : longest;
            }
        });
    }

    /** Whether newer versions hide all of the segment. */
    boolean isOvershadowed(StoredSegment segment) {
        TreeMap<Instant, Instant> newer = new TreeMap<>();
        for (Group group : near(segment.chunk().start(), segment.chunk().end())) {
            if (group.version().compareTo(segment.version()) > 0 && overlaps(group.chunk(), segment.chunk())) {
                newer.merge(
                        group.chunk().start(), group.chunk().end(), (one, other) -> one.isAfter(other) ? one : other);
            }
        }
        Instant covered = segment.chunk().start();
        for (Map.Entry<Instant, Instant> chunk : newer.entrySet()) {
            if (chunk.getKey().isAfter(covered)) {
                return false;
            }
            covered = chunk.getValue().isAfter(covered) ? chunk.getValue() : covered;
        }
        return !covered.isBefore(segment.chunk().end());
    }

    /** Segments that queries read, in the order of their ids. */
    List<StoredSegment> visible() {
        SortedSet<SegmentKey> order = new TreeSet<>();
        Map<SegmentKey, StoredSegment> byKey = new HashMap<>();
        for (List<StoredSegment> members : complete.values()) {
            for (StoredSegment segment : members) {
                if (!isOvershadowed(segment)) {
                    order.add(segment.key());
                    byKey.put(segment.key(), segment);
                }
            }
        }
        return order.stream().map(byKey::get).toList();
    }

    /** Rows that queries see. */
    List<StoredRows> visibleRows() {
        List<StoredRows> rows = new ArrayList<>();
        visible().forEach(segment -> rows.addAll(visibleRows(segment)));
        return List.copyOf(rows);
    }

    /** Rows of a visible segment that no newer version hides. */
    List<StoredRows> visibleRows(StoredSegment segment) {
        return segment.rows().stream()
                .filter(some -> isVisible(segment.version(), some.time()))
                .toList();
    }

    private boolean isVisible(String version, Instant time) {
        return near(time, time.plusMillis(1)).stream()
                .noneMatch(group -> group.version().compareTo(version) > 0 && contains(group.chunk(), time));
    }

    /** Every complete group that overlaps a span of time, and maybe others. */
    private List<Group> near(Instant start, Instant end) {
        return byStart.subMap(start.minus(longest), true, end, false).values().stream()
                .flatMap(List::stream)
                .toList();
    }

    private static boolean isComplete(List<StoredSegment> members) {
        int core =
                members.stream().mapToInt(StoredSegment::corePartitions).max().orElse(0);
        return members.stream()
                        .filter(segment -> segment.key().partition() < core)
                        .count()
                == core;
    }

    static boolean overlaps(TimeChunk one, TimeChunk other) {
        return one.start().isBefore(other.end()) && other.start().isBefore(one.end());
    }

    static boolean contains(TimeChunk chunk, Instant time) {
        return !time.isBefore(chunk.start()) && time.isBefore(chunk.end());
    }

    static boolean contains(TimeChunk outer, TimeChunk inner) {
        return !inner.start().isBefore(outer.start()) && !inner.end().isAfter(outer.end());
    }
}
