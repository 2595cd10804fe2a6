package sluice.upkeep.retention;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import sluice.core.batch.TimeChunk;
import sluice.ingest.hold.Hold;
import sluice.platform.druid.AutoKill;
import sluice.platform.druid.ChunkTotals;
import sluice.platform.druid.UnusedSegment;
import sluice.platform.druid.UsedSegment;

/**
 * What a sweep knows about one datasource of one cluster when it decides.
 *
 * @param now when the snapshot was taken
 * @param totals used segments that are not overshadowed, by chunk and version
 * @param expired used segments whose whole chunk is older than {@code keep}; for an orphan, all used segments
 * @param overshadowed used segments that are overshadowed
 * @param notLoaded used segments that the rules want on data servers and that none serves
 * @param unused segments that are marked unused
 * @param served ids of unused segments that data servers still serve
 * @param leased chunks whose lease a run holds
 * @param locked chunks that a task has locked
 * @param undecided chunks of which brokers and the metadata store do not say the same
 * @param holds holds that are in force
 * @param rules the coordinator's rules for the datasource, in order
 * @param tiers tiers of the data servers that are up
 * @param complete whether all segments were read; false if there are more than one sweep reads
 * @param unusedComplete whether all unused segments were read
 */
record DatasourceSnapshot(
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
        List<TimeChunk> undecided,
        List<Hold> holds,
        List<JsonNode> rules,
        Set<String> tiers,
        AutoKill autoKill,
        boolean complete,
        boolean unusedComplete) {

    DatasourceSnapshot {
        totals = List.copyOf(totals);
        expired = List.copyOf(expired);
        overshadowed = List.copyOf(overshadowed);
        notLoaded = List.copyOf(notLoaded);
        unused = List.copyOf(unused);
        served = Set.copyOf(served);
        leased = List.copyOf(leased);
        locked = List.copyOf(locked);
        undecided = List.copyOf(undecided);
        holds = List.copyOf(holds);
        tiers = Set.copyOf(tiers);
        rules = List.copyOf(rules);
    }
}
