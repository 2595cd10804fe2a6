package sluice.platform.state;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import sluice.platform.metric.Metric;
import sluice.platform.metric.MetricPlace;
import sluice.platform.metric.Metrics;

/**
 * Measures how far ticks lag behind. It sees the due items before anybody handles them. An item that has been due for longer
 * than the interval of the schedule was left over by the tick before.
 */
@ApplicationScoped
@Priority(1000)
class DueItemMetrics implements DueItemHandler {

    private final Metrics metrics;
    private final Clock clock;
    private final PollSettings settings;

    DueItemMetrics(Metrics metrics, Clock clock, PollSettings settings) {
        this.metrics = metrics;
        this.clock = clock;
        this.settings = settings;
    }

    @Override
    public void handle(List<Item> due, Instant deadline) {
        Instant now = clock.instant();
        Instant before = now.minus(settings.lookAhead());
        long leftOver =
                due.stream().filter(item -> dueAt(item, now).isBefore(before)).count();
        Instant oldest = due.stream()
                .map(item -> dueAt(item, now))
                .min(Instant::compareTo)
                .orElse(now);
        metrics.peak(Metric.DUE_ITEMS, MetricPlace.ENVIRONMENT, due.size());
        metrics.peak(
                Metric.OLDEST_DUE_AGE,
                MetricPlace.ENVIRONMENT,
                Duration.between(oldest, now).toSeconds());
        metrics.peak(Metric.ITEMS_LEFT_OVER, MetricPlace.ENVIRONMENT, leftOver);
    }

    private static Instant dueAt(Item item, Instant now) {
        return item.time(StateTable.DUE_AT).orElse(now);
    }
}
