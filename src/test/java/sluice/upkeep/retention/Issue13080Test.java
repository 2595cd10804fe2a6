package sluice.upkeep.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.upkeep.retention.Snapshots.NOW;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.platform.druid.ChunkTotals;

/** Rules are read as if they followed each other, but they overlap: the first that matches counts (apache/druid #13080). */
class Issue13080Test {

    private static final List<ChunkTotals> TEN_DAYS =
            new Snapshots().days(10).take().totals();
    private static final String LOAD = "{\"type\":\"loadForever\"}";
    private static final String DROP = "{\"type\":\"dropForever\"}";
    private static final String WEEK = "{\"type\":\"loadByPeriod\",\"period\":\"P7D\"}";

    @Test
    void theFirstRuleThatMatchesCounts() {
        assertThat(simulate(LOAD, DROP).drops()).isEqualTo(SegmentTotals.NONE);
        assertThat(simulate(DROP, LOAD).drops().chunks()).isEqualTo(10);
    }

    @Test
    void whatWouldBeDroppedIsToldWithItsIntervals() {
        // When: the eighth day back ended before noon a week ago, the seventh had not
        RuleOutcome outcome = simulate(WEEK, DROP);

        // Then
        assertThat(outcome.drops()).isEqualTo(new SegmentTotals(2, 2, 20, 2_000));
        assertThat(outcome.dropped()).containsExactly("2026-01-23T00:00:00.000Z/2026-01-25T00:00:00.000Z");
        assertThat(outcome.rules()).hasSize(2);
    }

    /** apache/druid #14330: people expect that what no rule matches goes. */
    @Test
    void whatNoRuleMatchesStays() {
        // When
        RuleOutcome outcome = simulate(WEEK);

        // Then
        assertThat(outcome.drops()).isEqualTo(SegmentTotals.NONE);
        assertThat(outcome.unmatched().chunks()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":\"dropByPeriod\",\"period\":\"P2D\"} | 2",
                "{\"type\":\"dropBeforeByPeriod\",\"period\":\"P2D\"} | 7",
                "{\"type\":\"dropByInterval\",\"interval\":\"2026-01-23/2026-01-26\"} | 3",
                "{\"type\":\"dropByInterval\",\"interval\":\"2026-01-23T01:00:00Z/2026-01-26\"} | 2",
                "{\"type\":\"dropByPeriod\",\"period\":\"P2D\",\"includeFuture\":false} | 1",
                "{\"type\":\"ofTheFuture\"} | 0"
            })
    void everyDropRuleTakesWhatDruidTakes(String rule, int chunks) {
        assertThat(simulate(rule, LOAD).drops().chunks()).isEqualTo(chunks);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":\"loadByInterval\",\"interval\":\"2026-01-23T01:00:00Z/2026-01-26\"} | 3",
                "{\"type\":\"broadcastByInterval\",\"interval\":\"2026-01-23/2026-01-24\"} | 1",
                "{\"type\":\"loadByInterval\",\"interval\":\"2026-03-01/2026-04-01\"} | 0",
                "{\"type\":\"loadByPeriod\",\"period\":\"P1D\",\"includeFuture\":false} | 2",
                "{\"type\":\"broadcastForever\"} | 10",
                "{\"type\":\"broadcastByPeriod\",\"period\":\"P1D\"} | 2"
            })
    void everyLoadRuleKeepsWhatDruidKeeps(String rule, int chunks) {
        assertThat(simulate(rule, DROP).drops().chunks()).isEqualTo(10 - chunks);
    }

    private static RuleOutcome simulate(String... rules) {
        List<JsonNode> parsed = new ArrayList<>();
        for (String rule : rules) {
            try {
                parsed.add(new ObjectMapper().readTree(rule));
            } catch (JsonProcessingException exception) {
                throw new IllegalArgumentException(rule, exception);
            }
        }
        return RuleSimulation.of(parsed, TEN_DAYS, NOW, Set.of("_default_tier"));
    }
}
