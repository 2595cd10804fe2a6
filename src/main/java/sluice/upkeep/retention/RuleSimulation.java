package sluice.upkeep.retention;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import sluice.core.batch.TimeChunk;
import sluice.core.definition.Span;
import sluice.core.spec.LoadRules;
import sluice.platform.druid.ChunkTotals;
import sluice.platform.druid.DruidTime;

/**
 * Computes what the coordinator would drop by a list of rules. The first rule that matches a segment decides
 * (apache/druid #13080). A segment that no rule matches stays as it is (#14330).
 *
 * @see <a href="https://druid.apache.org/docs/latest/operations/rule-configuration">Retention rules</a>
 */
public final class RuleSimulation {

    private RuleSimulation() {}

    /**
     * Returns the outcome for the segments that are used now.
     *
     * @param rules Druid's rules, as its API returns them
     * @param tiers tiers of the data servers
     */
    public static RuleOutcome of(List<JsonNode> rules, List<ChunkTotals> totals, Instant now, Set<String> tiers) {
        List<ChunkTotals> dropped = dropped(rules, totals, now, tiers);
        List<ChunkTotals> unmatched = totals.stream()
                .filter(chunk -> rule(rules, chunk, now).isEmpty())
                .toList();
        return new RuleOutcome(
                rules,
                SegmentTotals.ofChunks(dropped),
                Intervals.texts(dropped.stream()
                        .map(chunk -> new TimeChunk(chunk.start(), chunk.end()))
                        .toList()),
                SegmentTotals.ofChunks(unmatched),
                unknownTiers(rules, tiers));
    }

    /** Returns the versions of time chunks that the rules drop. */
    static List<ChunkTotals> dropped(List<JsonNode> rules, List<ChunkTotals> totals, Instant now, Set<String> tiers) {
        return totals.stream()
                .filter(chunk -> rule(rules, chunk, now)
                        .filter(rule -> type(rule).startsWith("drop") || !isLoadable(rule, tiers))
                        .isPresent())
                .toList();
    }

    private static Optional<JsonNode> rule(List<JsonNode> rules, ChunkTotals chunk, Instant now) {
        return rules.stream().filter(each -> matches(each, chunk, now)).findFirst();
    }

    /**
     * Returns true if a data server can load a replica. Otherwise the coordinator drops every replica it finds: an unknown tier
     * has room for none, so all that are loaded elsewhere are surplus ({@code StrategicSegmentAssigner}).
     */
    static boolean isLoadable(JsonNode rule, Set<String> tiers) {
        return type(rule).startsWith("broadcast") || wantedTiers(rule).stream().anyMatch(tiers::contains);
    }

    /** Returns the tiers for which the rule wants replicas. Without {@code tieredReplicants} Druid uses the default tier. */
    static Set<String> wantedTiers(JsonNode rule) {
        JsonNode replicas = rule.path("tieredReplicants");
        if (!replicas.isObject()) {
            return rule.path("useDefaultTierForNull").asBoolean(true) ? Set.of(LoadRules.DEFAULT_TIER) : Set.of();
        }
        Set<String> wanted = new TreeSet<>();
        replicas.properties().forEach(entry -> {
            if (entry.getValue().asInt() > 0) {
                wanted.add(entry.getKey());
            }
        });
        return wanted;
    }

    private static List<String> unknownTiers(List<JsonNode> rules, Set<String> tiers) {
        return rules.stream()
                .filter(rule -> type(rule).startsWith("load"))
                .flatMap(rule -> wantedTiers(rule).stream())
                .filter(tier -> !tiers.contains(tier))
                .distinct()
                .sorted()
                .toList();
    }

    /** Decides as the classes in {@code org.apache.druid.server.coordinator.rules} do. A rule of an unknown type matches nothing. */
    private static boolean matches(JsonNode rule, ChunkTotals chunk, Instant now) {
        return switch (type(rule)) {
            case "loadForever", "dropForever", "broadcastForever" -> true;
            case "loadByPeriod", "broadcastByPeriod" ->
                begin(rule, now).isBefore(chunk.end())
                        && (withFuture(rule) || chunk.start().isBefore(now));
            case "dropByPeriod" ->
                !begin(rule, now).isAfter(chunk.start())
                        && (withFuture(rule) || !chunk.end().isAfter(now));
            case "dropBeforeByPeriod" -> !chunk.end().isAfter(begin(rule, now));
            case "loadByInterval", "broadcastByInterval" -> {
                TimeChunk interval = interval(rule);
                yield interval.start().isBefore(chunk.end()) && interval.end().isAfter(chunk.start());
            }
            case "dropByInterval" -> {
                TimeChunk interval = interval(rule);
                yield !interval.start().isAfter(chunk.start())
                        && !interval.end().isBefore(chunk.end());
            }
            default -> false;
        };
    }

    static String type(JsonNode rule) {
        return rule.path("type").asText();
    }

    private static Instant begin(JsonNode rule, Instant now) {
        return new Span(rule.path("period").asText()).before(now);
    }

    private static boolean withFuture(JsonNode rule) {
        return rule.path("includeFuture").asBoolean(true);
    }

    private static TimeChunk interval(JsonNode rule) {
        return DruidTime.interval(rule.path("interval").asText());
    }
}
