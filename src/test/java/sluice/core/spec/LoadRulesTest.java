package sluice.core.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.core.contract.Contract;
import sluice.core.definition.Retention;

class LoadRulesTest {

    private static final Map<String, Integer> TIERS = Map.of("hot", 2, "_default_tier", 1);

    @Test
    void hotRowsAreInEveryTierThenInTheDefaultTierThenNowhere() {
        // Given
        Retention retention = new Retention("P365D", "P30D", TIERS, "P7D");

        // When
        ArrayNode rules = LoadRules.of(retention);

        // Then
        assertThat(rules)
                .hasToString("[{\"type\":\"loadByPeriod\",\"period\":\"P30D\",\"includeFuture\":true,"
                        + "\"tieredReplicants\":{\"_default_tier\":1,\"hot\":2},\"useDefaultTierForNull\":true},"
                        + "{\"type\":\"loadByPeriod\",\"period\":\"P365D\",\"includeFuture\":true,"
                        + "\"tieredReplicants\":{\"_default_tier\":1},\"useDefaultTierForNull\":true},"
                        + "{\"type\":\"dropForever\"}]");
    }

    @Test
    void withoutKeepNothingIsDropped() {
        // Given
        Retention retention = new Retention(null, null, TIERS, null);

        // When
        ArrayNode rules = LoadRules.of(retention);

        // Then
        assertThat(rules)
                .hasToString("[{\"type\":\"loadForever\",\"tieredReplicants\":{\"_default_tier\":1,\"hot\":2},"
                        + "\"useDefaultTierForNull\":true}]");
    }

    @Test
    void hotWithoutAnotherTierChangesNothing() {
        // Given
        Retention hot = new Retention("P1Y", "P1D", Map.of(), null);
        Retention plain = new Retention("P1Y", null, Map.of(), null);

        // When
        ArrayNode rules = LoadRules.of(hot);

        // Then
        assertThat(rules).isEqualTo(LoadRules.of(plain)).hasSize(2);
        assertThat(rules.at("/0/tieredReplicants")).hasToString("{\"_default_tier\":2}");
    }

    @ParameterizedTest
    @CsvSource({"P365D,P30D", "P365D,", ",P30D", ","})
    void druidsContractHasNothingAgainstThem(String keep, String hot) {
        // Given
        Retention retention = new Retention(keep, hot, TIERS, null);

        // When
        ArrayNode rules = LoadRules.of(retention);

        // Then
        assertThat(Contract.forDruid("33").check("rules", rules)).isEmpty();
        assertThat(Contract.forDruid("37").check("rules", rules)).isEmpty();
    }
}
