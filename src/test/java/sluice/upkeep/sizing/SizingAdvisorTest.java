package sluice.upkeep.sizing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.core.contract.Finding;
import sluice.core.definition.Definition;
import sluice.govern.plan.PlanAdvisor;
import sluice.govern.registry.DefinitionCatalog;
import sluice.upkeep.UpkeepFixture;

class SizingAdvisorTest {

    private final UpkeepFixture fixture = new UpkeepFixture();

    @Test
    void anEmptyDatasourceGetsNoAdvice() {
        // Given
        fixture.define("wiki", List.of("main"));

        // Then
        assertThat(advice()).isEmpty();
    }

    @Test
    void storedSegmentsAreMeasured() {
        // Given
        fixture.define("wiki", List.of("main")).load(fixture.main(), "wiki", 2, 1, 0);

        // When
        List<Finding> advice = advice();

        // Then
        assertThat(advice)
                .filteredOn(finding -> finding.code().equals(SizingCode.SEGMENT_SIZES.code()))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message())
                        .startsWith("3 segments in 3 time chunks, on average 1.0 kB and 10 rows"));
    }

    @Test
    void ofSeveralClustersEachFindingNamesItsOwn() {
        // Given
        fixture.define("wiki", List.of("main", "second")).load(fixture.main(), "wiki", 2);

        // Then
        assertThat(advice()).isNotEmpty().allSatisfy(finding -> assertThat(finding.message())
                .startsWith("Cluster main: "));
    }

    private List<Finding> advice() {
        Definition definition =
                fixture.bean(DefinitionCatalog.class).fresh().find("wiki").orElseThrow();
        return fixture.bean(PlanAdvisor.class).advice(definition, fixture.main());
    }
}
