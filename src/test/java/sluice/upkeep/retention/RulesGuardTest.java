package sluice.upkeep.retention;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.govern.settings.RuleSafeguard;
import sluice.upkeep.UpkeepFixture;

class RulesGuardTest {

    private static final List<JsonNode> KEEP_TWO_DAYS = List.of(
            JsonNodeFactory.instance.objectNode().put("type", "loadByPeriod").put("period", "P2D"),
            JsonNodeFactory.instance.objectNode().put("type", "dropForever"));

    @Test
    void rulesThatDropTooMuchAreRefused() {
        // Given: three of five days are older than two days
        UpkeepFixture fixture = new UpkeepFixture();
        fixture.load(fixture.main(), "wiki", 6, 5, 4, 1, 0);

        // When
        Optional<String> refusal = refusal(fixture);

        // Then
        assertThat(refusal).hasValueSatisfying(text -> assertThat(text)
                .contains("would drop 60 %", "3 segments", "2026-01-26T00:00:00.000Z", "50 % is allowed"));
    }

    @Test
    void rulesWithinTheShareAreNot() {
        // Given
        UpkeepFixture fixture = new UpkeepFixture(Map.of("sluice.retention.max-share", "0.6"));
        fixture.load(fixture.main(), "wiki", 6, 5, 4, 1, 0);

        // Then
        assertThat(refusal(fixture)).isEmpty();
    }

    @Test
    void anEmptyDatasourceHasNothingToLose() {
        assertThat(refusal(new UpkeepFixture())).isEmpty();
    }

    private static Optional<String> refusal(UpkeepFixture fixture) {
        return fixture.bean(RuleSafeguard.class).refusal(fixture.main(), "wiki", KEEP_TWO_DAYS);
    }
}
