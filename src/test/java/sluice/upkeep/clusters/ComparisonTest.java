package sluice.upkeep.clusters;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sluice.upkeep.clusters.ClusterContents.Held;
import sluice.upkeep.clusters.Comparison.ChunkDifference;
import sluice.upkeep.clusters.Comparison.ColumnDifference;

class ComparisonTest {

    private static final Held TEN = new Held(1, 10, 500);

    @Test
    void equalClustersAreTheSame() {
        Comparison comparison = Comparison.of(List.of(
                cluster("main", Map.of("d1", TEN), Map.of("page", "VARCHAR")),
                cluster("second", Map.of("d1", TEN), Map.of("page", "VARCHAR"))));

        assertThat(comparison.same()).isTrue();
        assertThat(comparison.chunks()).isEmpty();
        assertThat(comparison.clusters().get(0).held()).isEqualTo(TEN);
    }

    @Test
    void rowsThatDifferAreToldFromSegmentsThatDiffer() {
        // Given
        Held twoSegments = new Held(2, 10, 700);

        // When
        Comparison comparison = Comparison.of(List.of(
                cluster("main", Map.of("d1", TEN, "d2", TEN, "d3", TEN), Map.of()),
                cluster("second", Map.of("d1", TEN, "d2", twoSegments), Map.of())));

        // Then
        assertThat(comparison.same()).isFalse();
        assertThat(comparison.chunks())
                .containsExactly(
                        new ChunkDifference("d3", true, Map.of("main", TEN, "second", Held.NOTHING)),
                        new ChunkDifference("d2", false, Map.of("main", TEN, "second", twoSegments)));
    }

    @Test
    void columnsAndTypesThatDifferAreNamed() {
        Comparison comparison = Comparison.of(List.of(
                cluster("main", Map.of(), Map.of("page", "VARCHAR", "added", "BIGINT", "new", "VARCHAR")),
                cluster("second", Map.of(), Map.of("page", "VARCHAR", "added", "DOUBLE"))));

        assertThat(comparison.columns())
                .containsExactly(
                        new ColumnDifference("added", Map.of("main", "BIGINT", "second", "DOUBLE")),
                        new ColumnDifference("new", Map.of("main", "VARCHAR")));
    }

    @Test
    void aClusterThatGivesNoAnswerIsNotTheSame() {
        Comparison comparison = Comparison.of(
                List.of(cluster("main", Map.of("d1", TEN), Map.of()), ClusterContents.unknown("second", "down")));

        assertThat(comparison.same()).isFalse();
        assertThat(comparison.chunks()).isEmpty();
        assertThat(comparison.clusters().get(1).problem()).isEqualTo("down");
    }

    private static ClusterContents cluster(String name, Map<String, Held> chunks, Map<String, String> columns) {
        return new ClusterContents(name, null, chunks, columns);
    }
}
