package sluice.core.spec;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import sluice.core.definition.Retention;

/**
 * Druid's load and drop rules for a retention (<a
 * href="https://druid.apache.org/docs/latest/operations/rule-configuration">rules</a>). Druid applies the first
 * matching rule to each segment. A segment that no rule matches is neither loaded nor dropped (apache/druid #13080,
 * #14330), so the list always ends with a rule that matches everything:
 *
 * <ol>
 *   <li>for the period {@code hot}: all {@code tiers};
 *   <li>for the period {@code keep}, or for ever if it is not set: the default tier;
 *   <li>after {@code keep}: drop.
 * </ol>
 *
 * <p>The first rule is omitted without {@code hot}, or if there is no tier besides the default one.
 */
public final class LoadRules {

    /** The tier that every cluster has. */
    public static final String DEFAULT_TIER = "_default_tier";

    /** Druid's own default for a rule without tiers. */
    private static final int DEFAULT_REPLICAS = 2;

    private LoadRules() {}

    /**
     * Returns the rules in the form in which Druid returns them: {@code [{type: loadByPeriod, period: P30D,
     * includeFuture: true, tieredReplicants: {hot: 2, _default_tier: 1}, useDefaultTierForNull: true}, ...]}.
     */
    public static ArrayNode of(Retention retention) {
        Map<String, Integer> tiers = new TreeMap<>(retention.tiers());
        Map<String, Integer> cold = new TreeMap<>();
        cold.put(DEFAULT_TIER, tiers.getOrDefault(DEFAULT_TIER, DEFAULT_REPLICAS));
        if (tiers.isEmpty()) {
            tiers.putAll(cold);
        }
        ArrayNode rules = JsonNodeFactory.instance.arrayNode();
        boolean moves = retention.hot() != null && !tiers.equals(cold);
        if (moves) {
            load(rules.addObject(), retention.hot(), tiers);
        }
        load(rules.addObject(), retention.keep(), moves ? cold : tiers);
        if (retention.keep() != null) {
            rules.addObject().put("type", "dropForever");
        }
        return rules;
    }

    /** Returns the rule that keeps an interval on the default tier, in the form in which Druid returns it. */
    public static ObjectNode loadByInterval(@Nullable Retention retention, String interval) {
        ObjectNode rule = JsonNodeFactory.instance
                .objectNode()
                .put("type", "loadByInterval")
                .put("interval", interval);
        rule.putObject("tieredReplicants")
                .put(
                        DEFAULT_TIER,
                        retention == null
                                ? DEFAULT_REPLICAS
                                : retention.tiers().getOrDefault(DEFAULT_TIER, DEFAULT_REPLICAS));
        return rule.put("useDefaultTierForNull", true);
    }

    private static void load(ObjectNode rule, @Nullable String period, Map<String, Integer> tiers) {
        if (period == null) {
            rule.put("type", "loadForever");
        } else {
            rule.put("type", "loadByPeriod").put("period", period).put("includeFuture", true);
        }
        ObjectNode replicas = rule.putObject("tieredReplicants");
        tiers.forEach(replicas::put);
        rule.put("useDefaultTierForNull", true);
    }
}
