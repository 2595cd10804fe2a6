package sluice.upkeep.retention;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * What the coordinator does with the used segments by its rules.
 *
 * @param rules the rules, in their order
 * @param drops what they drop
 * @param dropped where that is
 * @param unmatched what no rule matches: it stays as it is
 */
@RegisterForReflection
public record RuleOutcome(List<JsonNode> rules, Amount drops, List<String> dropped, Amount unmatched) {

    public RuleOutcome {
        rules = List.copyOf(rules);
        dropped = List.copyOf(dropped);
    }
}
