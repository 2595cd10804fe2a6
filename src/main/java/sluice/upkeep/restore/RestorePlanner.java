package sluice.upkeep.restore;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import sluice.core.batch.TimeChunk;
import sluice.platform.druid.ChunkTotals;
import sluice.platform.druid.SegmentId;
import sluice.platform.druid.UnusedSegment;

/** Decides which unused segments a restore marks used, and which used ones it marks unused. A pure function of values. */
final class RestorePlanner {

    /**
     * What is known of the datasource.
     *
     * @param unused unused segments
     * @param used ids of used segments
     * @param totals used segments that are not overshadowed, by chunk and version
     * @param until when a version of a chunk may be purged
     * @param rows rows that a run has stored, if the segments are a run's; null otherwise
     */
    record Known(
            String datasource,
            List<UnusedSegment> unused,
            Set<String> used,
            List<ChunkTotals> totals,
            PurgeTimes until,
            @Nullable Long rows) {}

    /** When sweeps may purge an unused segment; empty if they do not. */
    interface PurgeTimes {
        Optional<Instant> of(UnusedSegment segment);
    }

    private record Version(TimeChunk chunk, String version) {}

    private final Known known;

    RestorePlanner(Known known) {
        this.known = known;
    }

    /** Returns all versions that can come back, by time chunk, the newest version first. */
    List<UnusedVersion> all() {
        return byVersion(known.unused()).entrySet().stream()
                .map(entry -> version(entry.getKey(), entry.getValue()))
                .toList();
    }

    /**
     * Returns the plan for those of the segments that are wanted.
     *
     * @throws RestoreException if a newer version is coarser: marking it unused would take other time chunks away, too
     */
    RestorePlan plan(String cluster, Collection<UnusedSegment> wanted) {
        Map<Version, List<UnusedSegment>> versions = byVersion(wanted);
        List<TimeChunk> chunks = versions.keySet().stream()
                .map(Version::chunk)
                .distinct()
                .sorted()
                .toList();
        Set<String> use = new HashSet<>();
        Set<String> unuse = new HashSet<>();
        Map<String, SegmentId> used = new HashMap<>();
        known.used().forEach(id -> SegmentId.of(known.datasource(), id).ifPresent(segment -> used.put(id, segment)));
        List<UnusedVersion> views = new ArrayList<>();
        versions.forEach((version, segments) -> {
            segments.forEach(segment -> use.add(segment.id()));
            used.forEach((id, segment) -> {
                if (isNewer(segment, version)) {
                    requireInside(segment, chunks, version);
                    unuse.add(id);
                }
            });
            views.add(version(version, segments));
        });
        return new RestorePlan(
                cluster,
                views,
                chunks,
                use.stream().sorted().toList(),
                unuse.stream().sorted().toList());
    }

    private static void requireInside(SegmentId newer, List<TimeChunk> chunks, Version version) {
        if (!new TimeChunk(newer.start(), newer.end()).isCoveredBy(chunks)) {
            throw new RestoreException(
                    RestoreException.Code.INVALID,
                    "version " + version.version() + " of " + version.chunk().interval() + " is hidden by a segment of "
                            + newer.interval()
                            + ", and marking that one unused would take away other time chunks: name an"
                            + " interval that holds it");
        }
    }

    /** Those of the segments with these ids that are marked unused. */
    List<UnusedSegment> among(Set<String> ids) {
        return known.unused().stream()
                .filter(segment -> ids.contains(segment.id()))
                .toList();
    }

    /** The segments that were marked unused last in each time chunk; among those of one time, the newest version. */
    List<UnusedSegment> markedLast() {
        Map<TimeChunk, Version> last = new TreeMap<>();
        Map<Version, List<UnusedSegment>> versions = byVersion(known.unused());
        Comparator<Version> order = Comparator.comparing(
                        (Version version) -> latest(versions.getOrDefault(version, List.of())))
                .thenComparing(Version::version);
        versions.keySet()
                .forEach(version -> last.merge(
                        version.chunk(), version, (left, right) -> order.compare(left, right) < 0 ? right : left));
        List<UnusedSegment> segments = new ArrayList<>();
        last.values().forEach(version -> segments.addAll(versions.getOrDefault(version, List.of())));
        return segments;
    }

    /** The segments of the versions that were the newest at a time and have been marked unused since. */
    List<UnusedSegment> usedAt(Instant time) {
        List<UnusedSegment> then = known.unused().stream()
                .filter(segment -> !created(segment.version()).isAfter(time))
                .filter(segment -> segment.since() != null && segment.since().isAfter(time))
                .toList();
        Map<TimeChunk, String> newest = new TreeMap<>();
        then.forEach(segment -> newest.merge(
                chunk(segment), segment.version(), (left, right) -> left.compareTo(right) < 0 ? right : left));
        for (String id : known.used()) {
            SegmentId.of(known.datasource(), id)
                    .filter(segment -> !created(segment.version()).isAfter(time))
                    .ifPresent(segment -> newest.computeIfPresent(
                            new TimeChunk(segment.start(), segment.end()),
                            (chunk, version) ->
                                    version.compareTo(segment.version()) < 0 ? segment.version() : version));
        }
        return then.stream()
                .filter(segment -> segment.version().equals(newest.get(chunk(segment))))
                .toList();
    }

    /** A version is the time of its lock. A version that is no time counts as old. */
    private static Instant created(String version) {
        try {
            return Instant.parse(version);
        } catch (DateTimeParseException exception) {
            return Instant.EPOCH;
        }
    }

    private UnusedVersion version(Version version, List<UnusedSegment> segments) {
        List<UnusedVersion.Used> replaces = new ArrayList<>();
        List<UnusedVersion.Used> hides = new ArrayList<>();
        for (ChunkTotals total : known.totals()) {
            if (total.start().isBefore(version.chunk().end())
                    && total.end().isAfter(version.chunk().start())) {
                int order = total.version().compareTo(version.version());
                if (order != 0) {
                    (order > 0 ? replaces : hides).add(used(total));
                }
            }
        }
        return new UnusedVersion(
                version.chunk().interval(),
                version.version(),
                segments.size(),
                segments.stream().mapToLong(UnusedSegment::bytes).sum(),
                known.rows(),
                latest(segments).equals(Instant.EPOCH) ? null : latest(segments),
                segments.stream()
                        .flatMap(segment -> known.until().of(segment).stream())
                        .min(Instant::compareTo)
                        .orElse(null),
                replaces,
                hides);
    }

    private static UnusedVersion.Used used(ChunkTotals total) {
        return new UnusedVersion.Used(
                new TimeChunk(total.start(), total.end()).interval(),
                total.version(),
                total.segments(),
                total.rows(),
                total.bytes());
    }

    private static boolean isNewer(SegmentId used, Version version) {
        return used.version().compareTo(version.version()) > 0
                && used.overlaps(version.chunk().start(), version.chunk().end());
    }

    private static Instant latest(List<UnusedSegment> segments) {
        return segments.stream()
                .map(UnusedSegment::since)
                .filter(Objects::nonNull)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }

    private static Map<Version, List<UnusedSegment>> byVersion(Collection<UnusedSegment> segments) {
        Map<Version, List<UnusedSegment>> versions = new TreeMap<>(
                Comparator.comparing(Version::chunk).thenComparing(Version::version, Comparator.reverseOrder()));
        segments.forEach(segment -> versions.computeIfAbsent(
                        new Version(chunk(segment), segment.version()), any -> new ArrayList<>())
                .add(segment));
        return versions;
    }

    private static TimeChunk chunk(UnusedSegment segment) {
        return new TimeChunk(segment.start(), segment.end());
    }
}
