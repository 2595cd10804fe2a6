package sluice.platform.druid;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Which segments the metadata store marks used. Druid serves used segments that no newer version overshadows.
 *
 * @see <a href="https://druid.apache.org/docs/latest/api-reference/data-management-api">Data management API</a>
 */
public interface SegmentUsage {

    /** Ids of the used segments of a datasource that overlap the intervals. */
    Set<String> used(String datasource, List<String> intervals);

    /** Marks segments unused, which makes the segments below them visible again. Returns how many changed. */
    int markUnused(String datasource, Collection<String> segmentIds);

    /**
     * Marks one segment used, even if a newer one overshadows it; Druid's bulk call skips those. A missing segment is not an
     * error.
     */
    void markUsed(String datasource, String segmentId);
}
