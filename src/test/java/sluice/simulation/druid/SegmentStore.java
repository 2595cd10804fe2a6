package sluice.simulation.druid;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import sluice.core.batch.TimeChunk;

/** The metadata store's segments, and those that data servers still have though they are deleted. */
final class SegmentStore {

    private final Clock clock;
    private final Map<String, Map<String, StoredSegment>> segments = new LinkedHashMap<>();
    private Lags lags = Lags.NONE;
    private Consumer<String> witness = any -> {};

    SegmentStore(Clock clock) {
        this.clock = clock;
    }

    /** Whom to tell what happens in Druid, in words. */
    void witness(Consumer<String> told) {
        witness = told;
    }

    void tell(String what) {
        witness.accept("Druid: " + what);
    }

    void lags(Lags changed) {
        this.lags = changed;
    }

    Lags lags() {
        return lags;
    }

    /** Publishes segments, all of them or none. */
    void publish(Collection<StoredSegment> published) {
        for (StoredSegment segment : published) {
            if (find(segment.key().datasource(), segment.id()).isPresent()) {
                throw new IllegalStateException("Druid never publishes an id twice: " + segment.id());
            }
        }
        for (StoredSegment segment : published) {
            segment.mark(mark(true));
            tell("published " + segment.id() + " with " + segment.rows());
            segments.computeIfAbsent(segment.key().datasource(), any -> new LinkedHashMap<>())
                    .put(segment.id(), segment);
        }
    }

    /** Marks a segment; returns false where it was marked so before. */
    boolean mark(StoredSegment segment, boolean used) {
        if (segment.isUsed() == used) {
            return false;
        }
        segment.mark(mark(used));
        tell((used ? "used again " : "unused ") + segment.id());
        return true;
    }

    private SegmentMark mark(boolean used) {
        Instant now = clock.instant();
        return new SegmentMark(used, now, now.plus(lags.published()), now.plus(lags.served()));
    }

    /** Names of the datasources that have a segment in the metadata store. */
    Set<String> datasources() {
        Set<String> names = new TreeSet<>();
        segments.forEach((name, all) -> {
            if (all.values().stream().anyMatch(segment -> segment.isUsed() || segment.isUnused())) {
                names.add(name);
            }
        });
        return names;
    }

    Optional<StoredSegment> find(String datasource, String id) {
        return Optional.ofNullable(of(datasource).get(id));
    }

    List<StoredSegment> used(String datasource) {
        return matching(datasource, StoredSegment::isUsed);
    }

    List<StoredSegment> unused(String datasource) {
        return matching(datasource, StoredSegment::isUnused);
    }

    /** What brokers know as published. */
    List<StoredSegment> published(String datasource) {
        Instant now = clock.instant();
        return matching(datasource, segment -> segment.isPublished(now));
    }

    /** What data servers have loaded. */
    List<StoredSegment> served(String datasource) {
        Instant now = clock.instant();
        return matching(datasource, segment -> segment.isServed(now));
    }

    /** What {@code sys.segments} lists: published, or served though it is not published any more. */
    List<StoredSegment> listed(String datasource) {
        Instant now = clock.instant();
        return matching(datasource, segment -> segment.isPublished(now) || segment.isServed(now));
    }

    /** Has the data servers load and drop at once what they are behind with. */
    void catchUp() {
        Instant now = clock.instant();
        segments.values().forEach(all -> all.values().forEach(segment -> segment.catchUp(now)));
    }

    /**
     * Where an appended row goes: into the visible chunk and version that hold its time, behind their last partition; into
     * the lock's version where there is none.
     *
     * @param chunk the time chunk of the row by the task's own granularity
     * @param pending keys that running tasks have allocated
     */
    Allocation allocate(
            String datasource, Instant time, TimeChunk chunk, String lockVersion, Collection<SegmentKey> pending) {
        Optional<StoredSegment> existing = new Timeline(used(datasource))
                .visible().stream()
                        .filter(segment -> Timeline.contains(segment.chunk(), time))
                        .max(Comparator.comparing(StoredSegment::version)
                                .thenComparing(segment -> segment.key().partition()));
        Optional<SegmentKey> waiting = pending.stream()
                .filter(key ->
                        key.datasource().equals(datasource) && key.chunk().equals(chunk))
                .max(Comparator.comparing(SegmentKey::version));
        TimeChunk target = existing.map(StoredSegment::chunk).orElse(chunk);
        String version = existing.map(StoredSegment::version)
                .or(() -> waiting.map(SegmentKey::version))
                .orElseGet(() -> fresh(datasource, chunk, lockVersion));
        int partition = 1 + Math.max(lastPartition(datasource, target, version), lastPending(pending, target, version));
        return new Allocation(
                new SegmentKey(datasource, target, version, partition),
                existing.map(StoredSegment::corePartitions).orElse(0));
    }

    /** A version that no unused segment of the chunk has: Druid appends the letter S until it is new. */
    private String fresh(String datasource, TimeChunk chunk, String version) {
        String candidate = version;
        while (lastPartition(datasource, chunk, candidate) >= 0) {
            candidate += "S";
        }
        return candidate;
    }

    /** The first partition of a version that no segment has. */
    int freePartition(String datasource, TimeChunk chunk, String version) {
        return 1 + lastPartition(datasource, chunk, version);
    }

    private int lastPartition(String datasource, TimeChunk chunk, String version) {
        return of(datasource).values().stream()
                .filter(segment ->
                        segment.chunk().equals(chunk) && segment.version().equals(version))
                .mapToInt(segment -> segment.key().partition())
                .max()
                .orElse(-1);
    }

    private static int lastPending(Collection<SegmentKey> pending, TimeChunk chunk, String version) {
        return pending.stream()
                .filter(key -> key.chunk().equals(chunk) && key.version().equals(version))
                .mapToInt(SegmentKey::partition)
                .max()
                .orElse(-1);
    }

    private List<StoredSegment> matching(String datasource, Predicate<StoredSegment> condition) {
        List<StoredSegment> found = new ArrayList<>();
        for (StoredSegment segment : of(datasource).values()) {
            if (condition.test(segment)) {
                found.add(segment);
            }
        }
        found.sort(Comparator.comparing(StoredSegment::key));
        return List.copyOf(found);
    }

    private Map<String, StoredSegment> of(String datasource) {
        return segments.getOrDefault(datasource, Map.of());
    }

    /** Marks unused what newer versions hide. */
    void dropOvershadowed() {
        for (String datasource : datasources()) {
            Timeline timeline = new Timeline(used(datasource));
            used(datasource).stream().filter(timeline::isOvershadowed).forEach(segment -> mark(segment, false));
        }
    }
}
