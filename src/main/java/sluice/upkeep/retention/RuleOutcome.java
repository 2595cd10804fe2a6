package sluice.upkeep.retention;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * What load and drop rules do with the used segments.
 *
 * @param rules the rules, in order
 * @param drops totals over the segments that they drop, or for which no data server could load a replica
 * @param dropped intervals of those segments
 * @param unmatched totals over the segments that no rule matches; they stay as they are
 * @param unknownTiers tiers that the rules want replicas on and that no data server belongs to
 */
@RegisterForReflection
public record RuleOutcome(
        List<JsonNode> rules,
        SegmentTotals drops,
        List<String> dropped,
        SegmentTotals unmatched,
        List<String> unknownTiers) {

    public RuleOutcome {
        rules = List.copyOf(rules);
        dropped = List.copyOf(dropped);
        // Reports of older versions do not have it.
        unknownTiers = unknownTiers == null ? List.of() : List.copyOf(unknownTiers);
    }
}
