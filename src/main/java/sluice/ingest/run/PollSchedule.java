package sluice.ingest.run;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import sluice.platform.state.PollSettings;

/**
 * Decides when a run is checked next. Intervals grow with the age of what the run waits for: a task of a minute is seen within
 * seconds, and ten thousand tasks of a day cost little. Each interval is stretched by up to a fifth, by a number that depends on
 * the run alone, so runs that began together spread.
 */
@ApplicationScoped
public class PollSchedule {

    private static final double SHARE_OF_AGE = 0.2;
    private static final double JITTER = 0.2;

    private final PollSettings settings;

    PollSchedule(PollSettings settings) {
        this.settings = settings;
    }

    /** Returns when to check the run again if nothing happens to it before; null if it needs no more checks. */
    public @Nullable Instant next(Run run, Instant now) {
        if (!run.outbox().isEmpty()) {
            return now.plus(settings.minInterval());
        }
        RunState state = run.state();
        if (state instanceof RunState.Planned) {
            // The event may be lost with its queue, or the cluster may be down: it is sent again at growing intervals.
            return now.plus(stretched(run, run.setbacks() == 0 ? settings.retryDelay() : backoff(run.setbacks())));
        }
        if (state instanceof RunState.InDruid task) {
            return now.plus(stretched(run, byAge(task.submittedAt(), now)));
        }
        return run.hasEnded() ? null : now.plus(stretched(run, byAge(state.since(), now)));
    }

    private Duration byAge(Instant since, Instant now) {
        return bounded(Duration.ofMillis((long) (Duration.between(since, now).toMillis() * SHARE_OF_AGE)));
    }

    private Duration backoff(int setbacks) {
        // Each repeats an event, which costs more than a look at a task.
        return bounded(settings.minInterval().multipliedBy(4L << Math.min(setbacks, 20)));
    }

    private Duration bounded(Duration pause) {
        Duration shortest = settings.minInterval();
        Duration longest = settings.maxInterval();
        return pause.compareTo(shortest) < 0 ? shortest : pause.compareTo(longest) > 0 ? longest : pause;
    }

    private static Duration stretched(Run run, Duration pause) {
        double share = Math.floorMod((run.id() + run.version()).hashCode(), 1_000) / 1_000.0;
        return pause.plusMillis((long) (pause.toMillis() * JITTER * share));
    }
}
