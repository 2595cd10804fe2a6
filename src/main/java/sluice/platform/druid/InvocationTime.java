package sluice.platform.druid;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The time that the present invocation of a function has left. It bounds every call to Druid together with its retries, so
 * a hung cluster cannot hold a function until Lambda ends it. A process works on one invocation at a time.
 */
@ApplicationScoped
public class InvocationTime {

    private static final Duration UNLIMITED = Duration.ofDays(1);

    private final Clock clock;
    private volatile Instant end = Instant.MAX;

    InvocationTime(Clock clock) {
        this.clock = clock;
    }

    /** An invocation begins, and makes no call to Druid after this time. */
    public void endsAt(Instant deadline) {
        end = deadline;
    }

    /** Returns zero when the time is up, and a day if nobody has set an end. */
    Duration left() {
        Instant now = clock.instant();
        if (end.equals(Instant.MAX)) {
            return UNLIMITED;
        }
        return end.isAfter(now) ? Duration.between(now, end) : Duration.ZERO;
    }
}
