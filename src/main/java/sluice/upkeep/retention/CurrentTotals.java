package sluice.upkeep.retention;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import sluice.core.batch.TimeChunk;
import sluice.platform.druid.BrokerView;
import sluice.platform.druid.ChunkTotals;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidException;
import sluice.platform.druid.DruidException.Code;
import sluice.platform.druid.SegmentId;

/**
 * Checks what brokers say of used segments against the metadata store, before rules that drop are judged by
 * it. Brokers may be a minute behind (apache/druid #19075). Segments that are unused by now would make the share
 * that goes look smaller. Segments that brokers do not know yet would be dropped unnoticed.
 */
final class CurrentTotals {

    /** Years of four digits, which Druid compares as text. */
    private static final List<String> ALL_TIME = List.of("0000-01-01T00:00:00.000Z/9999-12-31T00:00:00.000Z");

    private CurrentTotals() {}

    /**
     * Returns the totals without what is unused by now.
     *
     * @param reading asks the brokers for their used segments that are not overshadowed
     * @param rules all rules that would be in force
     * @throws DruidException if the rules would drop segments that brokers do not know yet; the call can be repeated
     */
    static List<ChunkTotals> of(
            DruidCluster cluster,
            String datasource,
            Supplier<List<ChunkTotals>> reading,
            List<JsonNode> rules,
            Instant now,
            Set<String> tiers) {
        List<ChunkTotals> totals = reading.get();
        Collection<String> used = cluster.segmentUsage().used(datasource, ALL_TIME);
        Map<SegmentId, Integer> stored = UndecidedChunks.counts(datasource, used);
        Map<SegmentId, Integer> shown = new HashMap<>();
        totals.forEach(total -> shown.merge(UndecidedChunks.id(total), total.segments(), Integer::sum));
        List<ChunkTotals> hidden = stored.entrySet().stream()
                .filter(each -> each.getValue() > shown.getOrDefault(each.getKey(), 0))
                .map(each -> new ChunkTotals(
                        each.getKey().start(),
                        each.getKey().end(),
                        each.getKey().version(),
                        each.getValue(),
                        0,
                        0,
                        0))
                .toList();
        Set<SegmentId> dropped = RuleSimulation.dropped(rules, hidden, now, tiers).stream()
                .map(UndecidedChunks::id)
                .collect(Collectors.toSet());
        // Overshadowed segments are among them. Brokers know those.
        Optional<String> behind = BrokerView.behind(
                cluster,
                datasource,
                used.stream()
                        .filter(id -> SegmentId.of(datasource, id)
                                .filter(dropped::contains)
                                .isPresent())
                        .collect(Collectors.toSet()));
        if (behind.isPresent()) {
            throw unknown(cluster, behind.get());
        }
        // They may have polled the coordinator since they told the totals.
        if (!dropped.isEmpty() && !reading.get().equals(totals)) {
            throw unknown(cluster, "brokers have just learned of other segments");
        }
        return totals.stream()
                .filter(total -> !KillPlanner.isBounded(new TimeChunk(total.start(), total.end()))
                        || stored.containsKey(UndecidedChunks.id(total)))
                .toList();
    }

    private static DruidException unknown(DruidCluster cluster, String why) {
        return new DruidException(
                Code.UNAVAILABLE, cluster.name(), "what the rules would drop cannot be told at present: " + why);
    }
}
