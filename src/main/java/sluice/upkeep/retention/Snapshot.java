package sluice.upkeep.retention;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import sluice.core.batch.TimeChunk;
import sluice.platform.druid.AutoKill;
import sluice.platform.druid.ChunkTotals;
import sluice.platform.druid.UnusedSegment;
import sluice.platform.druid.UsedSegment;

/**
 * What a sweep knows of one datasource of one cluster when it decides.
 *
 * @param now when it was taken
 * @param totals what is used and not overshadowed
 * @param expired used segments whose whole chunk is past its time; of an orphan, all
 * @param overshadowed used segments that a newer version hides
 * @param notLoaded used segments that the rules want on data servers and that none has
 * @param unused segments that are marked unused
 * @param served ids of segments that data servers have though they are marked unused
 * @param leased chunks that a run has the lease of
 * @param locked chunks that a task has locked
 * @param rules the coordinator's rules for the datasource, in their order
 * @param complete whether everything was read; otherwise there is more than one sweep looks at
 */
record Snapshot(
        String cluster,
        String datasource,
        Instant now,
        List<ChunkTotals> totals,
        List<UsedSegment> expired,
        List<UsedSegment> overshadowed,
        List<UsedSegment> notLoaded,
        List<UnusedSegment> unused,
        Set<String> served,
        List<TimeChunk> leased,
        List<TimeChunk> locked,
        List<JsonNode> rules,
        AutoKill autoKill,
        boolean complete) {

    Snapshot {
        totals = List.copyOf(totals);
        expired = List.copyOf(expired);
        overshadowed = List.copyOf(overshadowed);
        notLoaded = List.copyOf(notLoaded);
        unused = List.copyOf(unused);
        served = Set.copyOf(served);
        leased = List.copyOf(leased);
        locked = List.copyOf(locked);
        rules = List.copyOf(rules);
    }
}
