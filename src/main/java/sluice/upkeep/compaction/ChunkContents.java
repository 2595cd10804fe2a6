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
 * The segments that serve a time chunk now; those that newer ones overshadow are not among them.
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

    /** Whether one task wrote all of it, and nothing was appended since. */
    boolean isOfOneWriter() {
        return segments.stream().map(ChunkSegment::version).distinct().count() == 1
                && segments.stream().allMatch(ChunkSegment::isCore);
    }

    Set<String> ids() {
        return segments.stream().map(ChunkSegment::id).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Names of the metric columns that any of the segments has. */
    Set<String> metrics() {
        return segments.stream()
                .flatMap(segment -> segment.metrics().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * The hash by which a compact task makes sure that it compacts these segments and no others
     * ({@code org.apache.druid.segment.SegmentUtils.hashIds}): SHA-256 of the ids, its bytes read as UTF-8. What is no
     * UTF-8 among them becomes U+FFFD; Druid compares what is left.
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
