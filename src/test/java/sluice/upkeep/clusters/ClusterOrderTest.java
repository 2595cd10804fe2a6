package sluice.upkeep.clusters;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sluice.upkeep.clusters.ClusterOrder.NextStep;

class ClusterOrderTest {

    private static final List<String> CLUSTERS = List.of("main", "second", "third");

    @Test
    void beginsWithTheFirst() {
        assertThat(next(Map.of("main", new ClusterStatus.Ready("small segments"))))
                .isEqualTo(new NextStep.Begin("main", "small segments"));
    }

    @Test
    void theSecondWaitsUntilTheFirstIsDone() {
        assertThat(next(Map.of(
                        "main",
                        new ClusterStatus.Busy("run a is Running"),
                        "second",
                        new ClusterStatus.Ready("small"))))
                .isEqualTo(new NextStep.Wait("main", "run a is Running"));
        assertThat(next(Map.of(
                        "main", new ClusterStatus.Done("one segment"), "second", new ClusterStatus.Ready("small"))))
                .isEqualTo(new NextStep.Begin("second", "small"));
    }

    @Test
    void aFailureOnTheFirstKeepsTheOthersAsTheyAre() {
        // Given
        List<String> asked = new ArrayList<>();

        // When
        NextStep turn = ClusterOrder.next(CLUSTERS, cluster -> {
            asked.add(cluster);
            return new ClusterStatus.Failed("run a is Failed");
        });

        // Then
        assertThat(turn).isEqualTo(new NextStep.Stop("main", "run a is Failed"));
        assertThat(asked).containsExactly("main");
    }

    @Test
    void endsWhenAllAreDone() {
        ClusterStatus done = new ClusterStatus.Done("one segment");

        assertThat(next(Map.of("main", done, "second", done, "third", done)))
                .isEqualTo(new NextStep.Finish("one segment"));
    }

    private static NextStep next(Map<String, ClusterStatus> standings) {
        return ClusterOrder.next(CLUSTERS, standings::get);
    }
}
