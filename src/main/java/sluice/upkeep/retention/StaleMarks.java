package sluice.upkeep.retention;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import sluice.core.batch.TimeChunk;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.SegmentId;
import sluice.upkeep.retention.HiddenVersions.Hidden;

/**
 * Finds marks that are out of date. {@code sys.segments} may be a minute old (apache/druid #19075): somebody may just have
 * marked the newer version unused to have the older one back. Marking that one unused as well would empty the chunk.
 */
final class StaleMarks {

    private StaleMarks() {}

    /** Returns the ids without those whose hiding versions the metadata store does not have in full any more. */
    static List<String> without(DruidCluster cluster, String datasource, List<String> ids, List<Hidden> hidden) {
        if (hidden.isEmpty()) {
            return ids;
        }
        Set<String> intervals = hidden.stream()
                .flatMap(each -> each.by().stream())
                .map(total -> new TimeChunk(total.start(), total.end()).interval())
                .collect(Collectors.toCollection(TreeSet::new));
        Map<SegmentId, Integer> used =
                UndecidedChunks.counts(datasource, cluster.segmentUsage().used(datasource, new ArrayList<>(intervals)));
        Set<String> stale = hidden.stream()
                .filter(each -> each.by().stream()
                        .anyMatch(total -> used.getOrDefault(UndecidedChunks.id(total), 0) < total.segments()))
                .map(each -> each.segment().id())
                .collect(Collectors.toSet());
        return ids.stream().filter(id -> !stale.contains(id)).toList();
    }
}
