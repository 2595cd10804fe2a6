package sluice.simulation.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * As many histories as two minutes hold ({@code -Dhistories.time}), and at least 30,000 ({@code -Dhistories}), from the
 * first seed on.
 */
@Isolated("takes all cores")
class HistoriesIT {

    private static final Duration TIME = Duration.parse(System.getProperty("histories.time", "PT2M"));
    private static final long LEAST = Long.getLong("histories", 30_000);
    private static final long FIRST = Long.getLong("seed", 1);

    @Test
    void everyHistoryComesToItsRightEnd() {
        // When
        Histories histories = new Histories(FIRST).run(LEAST, TIME);

        // Then
        System.out.println(histories);
        assertThat(histories.failures()).as("histories that failed").isEmpty();
        assertThat(histories.ends())
                .as("histories do something")
                .containsKeys(
                        "Available", "Cancelled", "Superseded", "Failed OBJECTS_CHANGED", "Failed NOT_TAKEN_BACK");
        assertThat(histories.ends().get("Available")).isGreaterThan((int) histories.count() / 2);
    }
}
