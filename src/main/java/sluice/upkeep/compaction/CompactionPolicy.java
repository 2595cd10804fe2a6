package sluice.upkeep.compaction;

import java.util.List;
import java.util.Locale;
import sluice.core.spec.SegmentTarget;
import sluice.platform.druid.ChunkSegment;

/**
 * Decides whether it pays to compact a time chunk.
 *
 * <p>It pays if the chunk would have at most half as many segments, and at least {@value #MANY_SMALL} segments are small or
 * the small ones hold a tenth of the bytes. Rewriting a full segment because of a few rows beside it costs more than it
 * saves. A chunk that grows by small appends is therefore rewritten each time it has grown by a tenth.
 */
sealed interface CompactionPolicy {

    int MANY_SMALL = 10;
    double SHARE_OF_SMALL = 0.1;

    /** Why, for people. */
    String reason();

    /** @param segments number of segments after compaction */
    record Pays(long segments, String reason) implements CompactionPolicy {}

    /** There is nothing to gain, or compaction must not happen. */
    record DoesNotPay(String reason) implements CompactionPolicy {}

    /** It is not known yet. */
    record Unknown(String reason) implements CompactionPolicy {}

    static CompactionPolicy of(ChunkContents contents, SegmentTarget target) {
        List<ChunkSegment> segments = contents.segments();
        if (segments.size() < 2) {
            return new DoesNotPay(segments.isEmpty() ? "there is no segment" : "there is one segment");
        }
        if (segments.stream().allMatch(ChunkSegment::compacted)) {
            // However small they are: the same partitions would give the same segments again and again.
            return new DoesNotPay("a compaction has written all " + segments.size() + " segments");
        }
        String interval = contents.chunk().interval();
        List<String> others = segments.stream()
                .map(ChunkSegment::interval)
                .filter(other -> !other.equals(interval))
                .distinct()
                .toList();
        if (!others.isEmpty()) {
            // A coarser chunk under tasks that still append by the finer one breaks them (apache/druid #11906).
            return new DoesNotPay("there are segments of another granularity, such as " + others.get(0));
        }
        long unknown = segments.stream().filter(segment -> !segment.isCounted()).count();
        if (unknown > 0) {
            return new Unknown(unknown + " of " + segments.size() + " segments are not served yet");
        }
        return of(contents, segments, target);
    }

    private static CompactionPolicy of(ChunkContents contents, List<ChunkSegment> segments, SegmentTarget target) {
        long wanted = target.segments(contents.rows(), contents.bytes());
        List<ChunkSegment> small = segments.stream()
                .filter(segment -> target.isSmall(segment.rows(), segment.bytes()))
                .toList();
        double share = (double) small.stream().mapToLong(ChunkSegment::bytes).sum() / Math.max(1, contents.bytes());
        String reason = String.format(
                Locale.ROOT,
                "%d segments with %d rows and %d bytes, %d of them small with %.0f %% of the bytes, would become %d",
                segments.size(),
                contents.rows(),
                contents.bytes(),
                small.size(),
                share * 100,
                wanted);
        boolean fewer = wanted * 2 <= segments.size();
        boolean enough = small.size() >= MANY_SMALL || share >= SHARE_OF_SMALL;
        return fewer && enough ? new Pays(wanted, reason) : new DoesNotPay(reason);
    }
}
