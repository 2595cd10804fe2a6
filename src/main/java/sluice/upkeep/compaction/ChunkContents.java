package sluice.upkeep.compaction;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import sluice.core.batch.TimeChunk;
import sluice.platform.druid.ChunkSegment;

/**
 * The segments that serve a time chunk now, without overshadowed ones.
 *
 * @param segments in Druid's order
 */
record ChunkContents(TimeChunk chunk, List<ChunkSegment> segments) {

    ChunkContents {
        segments = segments.stream().sorted(ChunkSegment.ORDER).toList();
    }

    long rows() {
        return segments.stream().mapToLong(ChunkSegment::rows).sum();
    }

    long bytes() {
        return segments.stream().mapToLong(ChunkSegment::bytes).sum();
    }

    /** Returns true if one task wrote all segments and nothing was appended since. */
    boolean isOfOneWriter() {
        return segments.stream().map(ChunkSegment::version).distinct().count() == 1
                && segments.stream().allMatch(ChunkSegment::isCore);
    }

    Set<String> ids() {
        return segments.stream().map(ChunkSegment::id).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the names of all metric columns that a segment has. */
    Set<String> metrics() {
        return segments.stream()
                .flatMap(segment -> segment.metrics().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Returns the hash by which a compact task checks that it compacts these segments and no others
     * ({@code org.apache.druid.segment.SegmentUtils.hashIds}): SHA-256 of the ids, whose bytes are decoded as UTF-8. Bytes
     * that are not UTF-8 become U+FFFD, in Druid as well.
     */
    String druidHash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            segments.forEach(segment -> digest.update(segment.id().getBytes(StandardCharsets.UTF_8)));
            return new String(digest.digest(), StandardCharsets.UTF_8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }
}
