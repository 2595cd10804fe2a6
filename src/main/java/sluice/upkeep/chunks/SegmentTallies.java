package sluice.upkeep.chunks;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import sluice.core.batch.TimeChunk;
import sluice.platform.druid.ChunkTotals;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.SegmentPages;

/** Counts the segments of time chunks, by one SQL query unless there are very many intervals and versions. */
public final class SegmentTallies {

    /** Intervals and versions of one query. */
    static final int PAGE = 10_000;

    /** A page of chunks that has more is too large to be answered. */
    public static final int MOST = 5 * PAGE;

    private SegmentTallies() {}

    /**
     * Counts the segments that overlap each chunk.
     *
     * @param chunks consecutive, the earliest first, at least one
     * @return one for each chunk, by its start
     * @throws TooManySegmentsException if there are more than {@value #MOST} intervals and versions
     */
    public static Map<Instant, SegmentTally> of(DruidCluster cluster, String datasource, List<TimeChunk> chunks) {
        TimeChunk span = new TimeChunk(
                chunks.get(0).start(), chunks.get(chunks.size() - 1).end());
        List<ChunkTotals> all = SegmentPages.read(
                MOST + 1, PAGE, after -> cluster.segmentCatalog().totals(datasource, span, after, PAGE));
        if (all.size() > MOST) {
            throw new TooManySegmentsException(span);
        }
        NavigableMap<Instant, SegmentTally> tallies = new TreeMap<>();
        chunks.forEach(chunk -> tallies.put(chunk.start(), SegmentTally.NONE));
        for (ChunkTotals totals : all) {
            Instant first = tallies.floorKey(totals.start());
            tallies.subMap(first == null ? span.start() : first, true, totals.end(), false)
                    .replaceAll((start, tally) -> tally.plus(totals));
        }
        return tallies;
    }
}
