package sluice.simulation.world;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Some histories in every build. {@code ./mvnw -Psimulation -Dhistories=100000 -Dseed=1} runs as many as one likes. */
class HistoriesTest {

    private static final long HISTORIES = Long.getLong("histories", 100);
    private static final long FIRST = Long.getLong("seed", 1);

    @Test
    void everyHistoryComesToItsRightEnd() {
        // When
        Histories histories = new Histories(FIRST).run(HISTORIES);

        // Then
        System.out.println(histories);
        assertThat(histories.failures()).as("histories that failed").isEmpty();
        assertThat(histories.count()).isEqualTo(HISTORIES);
    }
}
