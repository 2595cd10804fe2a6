package sluice.upkeep.clusters;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.upkeep.UpkeepFixture.day;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.platform.druid.DruidException;
import sluice.simulation.druid.CallFault;
import sluice.simulation.druid.DruidCall;
import sluice.simulation.druid.Lags;
import sluice.upkeep.UpkeepFixture;
import sluice.upkeep.clusters.ClusterContents.Held;
import sluice.upkeep.clusters.Comparison.ChunkDifference;

class ClusterComparisonTest {

    private static final List<String> BOTH = List.of("main", "second");

    private final UpkeepFixture fixture = new UpkeepFixture();
    private final ClusterComparison comparison = fixture.bean(ClusterComparison.class);

    @Test
    void clustersWithTheSameRowsAreTheSame() {
        // Given
        fixture.load(fixture.main(), "wiki", 3, 2).load(fixture.second(), "wiki", 3, 2);

        // When
        Comparison compared = comparison.compare("wiki", BOTH);

        // Then
        assertThat(compared.same()).isTrue();
        assertThat(compared.clusters()).extracting(Comparison.Total::held).containsOnly(new Held(2, 20, 2_000));
        assertThat(comparison.rowDifference("wiki", BOTH, day(3))).isEmpty();
    }

    @Test
    void rowsThatDifferAreNamed() {
        // Given
        fixture.load(fixture.main(), "wiki", 3, 2).load(fixture.second(), "wiki", 3, 2);
        fixture.append(fixture.second(), "wiki", 2, 5);

        // When
        Comparison compared = comparison.compare("wiki", BOTH);

        // Then
        assertThat(compared.same()).isFalse();
        assertThat(compared.chunks())
                .containsExactly(new ChunkDifference(
                        day(2).interval(),
                        true,
                        Map.of("main", new Held(1, 10, 1_000), "second", new Held(2, 15, 1_500))));
        assertThat(comparison.rowDifference("wiki", BOTH, day(2))).contains("main has 10 rows, second has 15 rows");
        assertThat(comparison.rowDifference("wiki", BOTH, day(3))).isEmpty();
    }

    @Test
    void aDifferenceThatBrokersMayHaveAloneIsUndecided() {
        // Given
        fixture.second().lags(new Lags(Duration.ofMinutes(1), Duration.ZERO, Duration.ZERO, Duration.ZERO));
        fixture.load(fixture.main(), "wiki", 2).load(fixture.second(), "wiki", 2);

        // When
        Comparison compared = comparison.compare("wiki", BOTH);

        // Then
        assertThat(compared.chunks())
                .extracting(ChunkDifference::undecided)
                .singleElement()
                .asString()
                .startsWith("cluster second: brokers do not know 1 of 1 used segments yet");
        assertThat(comparison.rowDifference("wiki", BOTH, day(2))).isEmpty();
    }

    @Test
    void otherNumbersOfSegmentsAreNoDifferenceOfRows() {
        // Given
        fixture.load(fixture.main(), "wiki", 3).append(fixture.second(), "wiki", 3, 4);
        fixture.append(fixture.second(), "wiki", 3, 6);

        // Then
        assertThat(comparison.compare("wiki", BOTH).chunks())
                .singleElement()
                .satisfies(difference -> assertThat(difference.rowsDiffer()).isFalse());
        assertThat(comparison.rowDifference("wiki", BOTH, day(3))).isEmpty();
    }

    @Test
    void anUnknownClusterHasAProblem() {
        // Given
        fixture.load(fixture.main(), "wiki", 3);

        // When
        Comparison compared = comparison.compare("wiki", List.of("main", "other"));

        // Then
        assertThat(compared.same()).isFalse();
        assertThat(compared.chunks()).isEmpty();
        assertThat(compared.clusters().get(1).problem()).isEqualTo("the environment has no such cluster");
    }

    @Test
    void aClusterThatGivesNoAnswerIsNotCompared() {
        // Given
        fixture.load(fixture.main(), "wiki", 3);
        CallFault down = new CallFault.Refused(DruidException.Code.UNAVAILABLE);
        fixture.second()
                .faults((call, subject) -> call == DruidCall.SEGMENT_TABLE ? Optional.of(down) : Optional.empty());

        // When
        Comparison compared = comparison.compare("wiki", BOTH);

        // Then
        assertThat(compared.clusters().get(1).problem()).startsWith("cluster second: ");
        assertThat(comparison.rowDifference("wiki", BOTH, day(3))).isEmpty();
    }
}
