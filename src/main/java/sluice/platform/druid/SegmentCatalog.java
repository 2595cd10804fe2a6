package sluice.platform.druid;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Inventory of a cluster's segments, read in pages, one datasource at a time: a broker looks at all of its segments for
 * every query of {@code sys.segments}, so pages are few and large, and rows that nobody needs are left there
 * (apache/druid #16392).
 */
public interface SegmentCatalog {

    /** Which used segments to list. */
    enum Used {
        /** All of them. */
        ALL,
        /** Those that a newer version hides. */
        OVERSHADOWED,
        /** Those that the rules want on data servers and that none has. */
        NOT_LOADED
    }

    /** Names of the datasources that have segments, used or unused. */
    Set<String> datasources();

    /**
     * A page of what is used and not overshadowed, by time chunk.
     *
     * @param after the last of the page before, or null for the first
     */
    List<ChunkTotals> totals(String datasource, ChunkTotals after, int limit);

    /**
     * A page of used segments whose time chunk has ended by a time, in the order of their ids. Druid compares texts, so a
     * chunk without bounds, whose year has nine digits, may be among them.
     *
     * @param until null for any end
     * @param after id of the last of the page before, or empty for the first
     */
    List<UsedSegment> used(String datasource, Used which, Instant until, String after, int limit);

    /** Ids of segments that data servers still have though they are marked unused (apache/druid #18418, #11318). */
    Set<String> unusedButServed(String datasource, int limit);

    /**
     * A page of unused segments, from the metadata store, in the order of their ids.
     *
     * @param interval what they have to lie in, {@code <start>/<end>}, or null for anywhere
     * @param after id of the last of the page before, or null for the first
     */
    List<UnusedSegment> unused(String datasource, String interval, String after, int limit);
}
