package sluice.platform.druid;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sluice.core.batch.TimeChunk;

/**
 * Inventory of a cluster's segments, read in pages, one datasource at a time. A broker scans all of its segments for every
 * query of {@code sys.segments}, so pages are few and large, and queries select only needed rows (apache/druid #16392).
 */
public interface SegmentCatalog {

    /** Which used segments to list. */
    enum Used {
        /** All of them. */
        ALL,
        /** Segments that a newer version overshadows. */
        OVERSHADOWED,
        /** Segments that the rules assign to data servers, but none has loaded. */
        NOT_LOADED
    }

    /** Names of the datasources that have segments, used or unused. */
    Set<String> datasources();

    /**
     * A page of totals by time chunk, over segments that are used and not overshadowed.
     *
     * @param after the last entry of the page before; null for the first page
     */
    default List<ChunkTotals> totals(String datasource, @Nullable ChunkTotals after, int limit) {
        return totals(datasource, null, after, limit);
    }

    /**
     * The same totals, of segments that overlap a span of time.
     *
     * @param span null for all segments
     */
    List<ChunkTotals> totals(String datasource, @Nullable TimeChunk span, @Nullable ChunkTotals after, int limit);

    /**
     * A page of used segments whose time chunk ends by {@code until}, in the order of their ids. Druid compares texts, so a
     * chunk without bounds, whose year has nine digits, may be listed too.
     *
     * @param until null lists chunks with any end
     * @param after last id of the page before; empty for the first page
     */
    List<UsedSegment> used(String datasource, Used which, @Nullable Instant until, String after, int limit);

    /**
     * A page of the ids of unused segments that data servers still serve (apache/druid #18418, #11318), in order.
     *
     * @param after last id of the page before; empty for the first page
     */
    List<String> unusedButServed(String datasource, String after, int limit);

    /**
     * A page of unused segments, from the metadata store, in the order of their ids.
     *
     * @param interval lists only segments within it, {@code <start>/<end>}; null lists all
     * @param after last id of the page before; null for the first page
     */
    List<UnusedSegment> unused(String datasource, @Nullable String interval, @Nullable String after, int limit);
}
