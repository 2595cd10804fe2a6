package sluice.govern.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import sluice.core.spec.LoadRules;

/** Brings load and drop rules to the form that Druid returns, with its defaults. */
final class RulesForm {

    private static final int DEFAULT_REPLICAS = 2;

    private RulesForm() {}

    static ArrayNode of(JsonNode rules) {
        ArrayNode form = JsonNodeFactory.instance.arrayNode();
        rules.forEach(rule -> form.add(rule(rule.deepCopy())));
        return form;
    }

    private static ObjectNode rule(ObjectNode rule) {
        String type = rule.path("type").asText();
        if (type.endsWith("ByPeriod") && !type.startsWith("dropBefore")) {
            rule.put("includeFuture", rule.path("includeFuture").asBoolean(true));
        }
        if (type.startsWith("load")) {
            boolean standard = rule.path("useDefaultTierForNull").asBoolean(true);
            if (!rule.hasNonNull("tieredReplicants")) {
                ObjectNode replicas = rule.putObject("tieredReplicants");
                if (standard) {
                    replicas.put(LoadRules.DEFAULT_TIER, DEFAULT_REPLICAS);
                }
            }
            rule.put("useDefaultTierForNull", standard);
        }
        return CanonicalForm.of(rule);
    }
}
