package sluice.upkeep.retention;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.core.batch.TimeChunk;
import sluice.core.definition.Span;
import sluice.platform.druid.ChunkTotals;

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
     */
    public static RuleOutcome of(List<JsonNode> rules, List<ChunkTotals> totals, Instant now) {
        List<ChunkTotals> dropped = new ArrayList<>();
        List<ChunkTotals> unmatched = new ArrayList<>();
        for (ChunkTotals chunk : totals) {
            Optional<JsonNode> rule =
                    rules.stream().filter(each -> matches(each, chunk, now)).findFirst();
            if (rule.isEmpty()) {
                unmatched.add(chunk);
            } else if (type(rule.get()).startsWith("drop")) {
                dropped.add(chunk);
            }
        }
        return new RuleOutcome(
                rules,
                SegmentTotals.ofChunks(dropped),
                Intervals.texts(dropped.stream()
                        .map(chunk -> new TimeChunk(chunk.start(), chunk.end()))
                        .toList()),
                SegmentTotals.ofChunks(unmatched));
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

    private static String type(JsonNode rule) {
        return rule.path("type").asText();
    }

    private static Instant begin(JsonNode rule, Instant now) {
        return new Span(rule.path("period").asText()).before(now);
    }

    private static boolean withFuture(JsonNode rule) {
        return rule.path("includeFuture").asBoolean(true);
    }

    private static TimeChunk interval(JsonNode rule) {
        String[] ends = rule.path("interval").asText().split("/");
        return new TimeChunk(instant(ends[0]), instant(ends[1]));
    }

    private static Instant instant(String text) {
        return Instant.parse(text.length() == "2026-01-01".length() ? text + "T00:00:00Z" : text);
    }
}
