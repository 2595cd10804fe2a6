package sluice.platform.druid;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Segments that newer ones overshadow, and that are to be served again. No call of Druid marks some segments used and others unused
 * at once. While the newer segments are used, the coordinator may mark the earlier ones unused again at any time. So call this
 * before the newer ones are marked unused, so that queries always find data, and once more afterwards.
 *
 * @see <a href="https://druid.apache.org/docs/latest/design/storage/#segment-lifecycle">Segment lifecycle</a>
 */
public final class EarlierSegments {

    private EarlierSegments() {}

    /** Marks those used that are not. Returns their ids, of which Druid ignores those that no longer exist. */
    public static Set<String> markUsed(
            SegmentUsage usage, String datasource, List<String> intervals, Collection<String> earlier) {
        if (earlier.isEmpty()) {
            return Set.of();
        }
        return markAbsent(usage, datasource, usage.used(datasource, intervals), earlier);
    }

    /**
     * Marks those used that are not among the used ones. Returns their ids, of which Druid ignores those that no longer exist.
     *
     * @param used what Druid has just listed
     */
    public static Set<String> markAbsent(
            SegmentUsage usage, String datasource, Set<String> used, Collection<String> earlier) {
        Set<String> absent = new TreeSet<>(earlier);
        absent.removeAll(used);
        absent.forEach(id -> usage.markUsed(datasource, id));
        return absent;
    }
}
