package sluice.platform.druid;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import sluice.core.batch.TimeChunk;
import sluice.core.spec.SegmentTarget;

/**
 * {@code sys.segments}: the brokers' view of the segments of one datasource. Druid serves active segments: those that are used and
 * not overshadowed, and those that a stream task has not published yet. Unless it says otherwise, a call is one query about
 * one datasource (apache/druid #16392).
 *
 * @see <a href="https://druid.apache.org/docs/latest/querying/sql-metadata-tables#segments-table">Segments table</a>
 */
public interface ServedSegments {

    /** States of segments, by id, one query per thousand; the result omits segments that the broker does not know yet. */
    Map<String, SegmentState> states(String datasource, Collection<String> segmentIds);

    /** Those of the segments that brokers know as published, one query per thousand. */
    Set<String> published(String datasource, Collection<String> segmentIds);

    /** Returns true if the datasource has an active segment. */
    boolean anyActive(String datasource);

    /** All active segments, except those without bounds. */
    List<ActiveSegment> active(String datasource);

    /** Active segments that overlap a time chunk. */
    List<ChunkSegment> within(String datasource, TimeChunk chunk);

    /** Active segments that overlap at least one of the time chunks, each once: one query per chunk. */
    default List<ChunkSegment> within(String datasource, Collection<TimeChunk> chunks) {
        Map<String, ChunkSegment> byId = new LinkedHashMap<>();
        chunks.forEach(chunk -> within(datasource, chunk).forEach(segment -> byId.putIfAbsent(segment.id(), segment)));
        return List.copyOf(byId.values());
    }

    /** Active segments of the time chunks that overlap a span, with what tells who wrote them. */
    List<WrittenSegment> written(String datasource, TimeChunk span);

    /** The end of the newest time chunk that has an active segment. */
    Optional<Instant> latestEnd(String datasource);

    /**
     * Sizes of the newest time chunks, newest first, over their active and published segments.
     *
     * @param target decides which segments are small
     */
    List<ChunkSize> sizes(String datasource, SegmentTarget target, int limit);

    /** Totals of the active and published segments of the newest time chunks, newest first. */
    List<ChunkHolding> holdings(String datasource, int limit);

    /** The same totals for the time chunks within a span of time. */
    List<ChunkHolding> holdings(String datasource, TimeChunk span, int limit);
}
