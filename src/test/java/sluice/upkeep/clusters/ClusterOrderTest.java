package sluice.upkeep.clusters;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sluice.upkeep.clusters.ClusterOrder.Turn;

class ClusterOrderTest {

    private static final List<String> CLUSTERS = List.of("main", "second", "third");

    @Test
    void beginsWithTheFirst() {
        assertThat(next(Map.of("main", new Standing.Ready("small segments"))))
                .isEqualTo(new Turn.Begin("main", "small segments"));
    }

    @Test
    void theSecondWaitsUntilTheFirstIsDone() {
        assertThat(next(Map.of("main", new Standing.Busy("run a is Running"), "second", new Standing.Ready("small"))))
                .isEqualTo(new Turn.Wait("main", "run a is Running"));
        assertThat(next(Map.of("main", new Standing.Done("one segment"), "second", new Standing.Ready("small"))))
                .isEqualTo(new Turn.Begin("second", "small"));
    }

    @Test
    void aFailureOnTheFirstKeepsTheOthersAsTheyAre() {
        // Given
        List<String> asked = new ArrayList<>();

        // When
        Turn turn = ClusterOrder.next(CLUSTERS, cluster -> {
            asked.add(cluster);
            return new Standing.Failed("run a is Failed");
        });

        // Then
        assertThat(turn).isEqualTo(new Turn.Stop("main", "run a is Failed"));
        assertThat(asked).containsExactly("main");
    }

    @Test
    void endsWhenAllAreDone() {
        Standing done = new Standing.Done("one segment");

        assertThat(next(Map.of("main", done, "second", done, "third", done))).isEqualTo(new Turn.Finish("one segment"));
    }

    private static Turn next(Map<String, Standing> standings) {
        return ClusterOrder.next(CLUSTERS, standings::get);
    }
}
