package sluice.core.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sluice.core.definition.Definitions;
import sluice.core.definition.Schema;
import sluice.core.spec.SpecHints.History;

class RollupChoiceTest {

    private static final Schema OPEN = schema("queryGranularity: auto, rollup: auto");

    @Test
    void finestGranularityThatHalvesTheRowsIsChosen() {
        RollupChoice choice =
                RollupChoice.of(OPEN, new SpecHints(Map.of("none", 1.0, "minute", 0.7, "hour", 0.4, "day", 0.1), null));

        assertThat(choice.rollup()).isTrue();
        assertThat(choice.queryGranularity().textValue()).isEqualTo("HOUR");
        assertThat(choice.ratio()).hasValue(0.4);
    }

    @Test
    void aFifthIsEnoughWhereNothingHalves() {
        RollupChoice choice =
                RollupChoice.of(OPEN, new SpecHints(Map.of("NONE", 1.0, "MINUTE", 0.79, "HOUR", 0.6), null));

        assertThat(choice.queryGranularity().textValue()).isEqualTo("MINUTE");
    }

    @Test
    void rollupThatSavesNothingIsLeftOut() {
        RollupChoice choice = RollupChoice.of(OPEN, new SpecHints(Map.of("HOUR", 0.9, "DAY", 0.85), null));

        assertThat(choice.rollup()).isFalse();
        assertThat(choice.queryGranularity().textValue()).isEqualTo("NONE");
    }

    @Test
    void granularityCoarserThanTheSegmentsIsNoCandidate() {
        RollupChoice choice = RollupChoice.of(OPEN, new SpecHints(Map.of("DAY", 0.6, "MONTH", 0.01), null));

        assertThat(choice.queryGranularity().textValue()).isEqualTo("DAY");
    }

    @Test
    void whatEarlierRunsMeasuredOutweighsTheSample() {
        SpecHints hints = new SpecHints(Map.of("HOUR", 0.9), new History(1, 100, 30, 1, "HOUR"));

        assertThat(RollupChoice.of(OPEN, hints).queryGranularity().textValue()).isEqualTo("HOUR");
    }

    @Test
    void withNothingMeasuredMetricsDecide() {
        RollupChoice withMetrics = RollupChoice.of(OPEN, SpecHints.NONE);
        Schema withoutMetrics = Definitions.of(
                        Definitions.MINIMAL.replace("rollup: false", "rollup: auto, queryGranularity: auto"))
                .schema();

        assertThat(withMetrics.rollup()).isTrue();
        assertThat(withMetrics.queryGranularity().textValue()).isEqualTo("MINUTE");
        assertThat(RollupChoice.of(withoutMetrics, SpecHints.NONE).rollup()).isFalse();
    }

    @Test
    void whatTheDefinitionSaysStays() {
        RollupChoice choice = RollupChoice.of(
                schema("queryGranularity: HOUR, rollup: true"), new SpecHints(Map.of("HOUR", 1.0), null));

        assertThat(choice.rollup()).isTrue();
        assertThat(choice.queryGranularity().textValue()).isEqualTo("HOUR");
    }

    @Test
    void hintsComeBackFromJsonAsTheyWere() throws IOException {
        JsonMapper json = JsonMapper.builder().build();
        SpecHints hints = new SpecHints(Map.of("HOUR", 0.25, "NONE", 1.0), new History(1, 2, 3, 4, "HOUR"));

        assertThat(json.readValue(json.writeValueAsString(hints), SpecHints.class))
                .isEqualTo(hints);
        assertThat(json.readValue("{}", SpecHints.class)).isEqualTo(SpecHints.NONE);
        assertThat(json.writeValueAsString(SpecHints.NONE)).isEqualTo("{}");
    }

    private static Schema schema(String granularity) {
        return Definitions.of(Definitions.WIKIPEDIA.replace("queryGranularity: HOUR, rollup: true", granularity))
                .schema();
    }
}
