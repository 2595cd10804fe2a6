package sluice.govern.settings;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import sluice.platform.state.PollSettings;

/** Decides when a reconciliation is due again. */
@ApplicationScoped
class ReconciliationSchedule {

    private static final int MAX_DOUBLINGS = 12;

    private final Clock clock;
    private final PollSettings poll;
    private final ReconciliationSettings settings;

    ReconciliationSchedule(Clock clock, PollSettings poll, ReconciliationSettings settings) {
        this.clock = clock;
        this.poll = poll;
        this.settings = settings;
    }

    Instant now() {
        return clock.instant();
    }

    /** For one that a caller attempts at once, or whose supervisors start or end. */
    Instant soon() {
        return now().plus(poll.minInterval());
    }

    /** For one that waits for a cluster: each attempt doubles the pause, up to the maximum interval. */
    Instant retry(Reconciliation reconciliation) {
        Duration pause = poll.minInterval().multipliedBy(1L << Math.min(reconciliation.tries(), MAX_DOUBLINGS));
        return now().plus(pause.compareTo(poll.maxInterval()) > 0 ? poll.maxInterval() : pause);
    }

    /** How long the next cluster waits for rules that drop rows. */
    Duration dropPause() {
        return settings.dropPause();
    }

    /** For one that has ended: the next check for drift. */
    Instant nextCheck(Instant now) {
        return now.plus(settings.checkInterval());
    }
}
