package sluice.platform.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.platform.metric.Metric;
import sluice.platform.metric.Metrics;
import sluice.platform.metric.RecordedMetrics;
import sluice.simulation.DefaultSettings;
import sluice.simulation.ManualClock;

class DueItemMetricsTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final ManualClock clock = new ManualClock(NOON);
    private final RecordedMetrics recorded = new RecordedMetrics();
    private final Metrics metrics = recorded.metrics(clock);
    private final DueItemMetrics handler = new DueItemMetrics(metrics, clock, DefaultSettings.of(PollSettings.class));

    @Test
    void aTickThatKeepsUpLeavesNothingOver() {
        // When
        handler.handle(List.of(due(Duration.ZERO), due(Duration.ofSeconds(30))), NOON);
        metrics.flush();

        // Then
        assertThat(recorded.values(Metric.DUE_ITEMS)).containsExactly(2L);
        assertThat(recorded.values(Metric.OLDEST_DUE_AGE)).containsExactly(30L);
        assertThat(recorded.values(Metric.ITEMS_LEFT_OVER)).containsExactly(0L);
    }

    @Test
    void whatWasDueBeforeTheLastTickWasLeftOver() {
        // When
        handler.handle(
                List.of(due(Duration.ofMinutes(20)), due(Duration.ofMinutes(2)), due(Duration.ofSeconds(59))), NOON);
        metrics.flush();

        // Then
        assertThat(recorded.values(Metric.OLDEST_DUE_AGE)).containsExactly(1200L);
        assertThat(recorded.values(Metric.ITEMS_LEFT_OVER)).containsExactly(2L);
    }

    @Test
    void theWorstRoundOfATickCounts() {
        // When
        handler.handle(List.of(due(Duration.ofSeconds(5)), due(Duration.ofSeconds(7))), NOON);
        handler.handle(List.of(due(Duration.ofSeconds(1))), NOON);
        metrics.flush();

        // Then
        assertThat(recorded.values(Metric.DUE_ITEMS)).containsExactly(2L);
        assertThat(recorded.values(Metric.OLDEST_DUE_AGE)).containsExactly(7L);
    }

    private Item due(Duration ago) {
        return Item.at(Key.run("r" + ago.toSeconds())).due("r", clock.instant().minus(ago));
    }
}
