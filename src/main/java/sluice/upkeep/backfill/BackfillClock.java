package sluice.upkeep.backfill;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import sluice.platform.metric.Metric;
import sluice.platform.metric.MetricPlace;
import sluice.platform.metric.Metrics;

/** Tells the time, and measures how long a backfill has not come forward. */
@ApplicationScoped
class BackfillClock {

    private final Clock clock;
    private final Metrics metrics;

    BackfillClock(Clock clock, Metrics metrics) {
        this.clock = clock;
        this.metrics = metrics;
    }

    Instant now() {
        return clock.instant();
    }

    /** Measures a backfill that ought to come forward. */
    void measure(Backfill backfill) {
        if (backfill.state() == BackfillState.RUNNING || backfill.state() == BackfillState.STOPPING) {
            metrics.peak(
                    Metric.BACKFILL_IDLE_TIME,
                    MetricPlace.ENVIRONMENT,
                    Duration.between(backfill.progress().at(), now()).toSeconds());
        }
    }
}
