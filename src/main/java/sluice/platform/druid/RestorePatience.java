package sluice.platform.druid;

import java.time.Duration;
import java.time.Instant;

/** How long a restore of segments waits for other writers, and then for the data servers, before it ends without them. */
public final class RestorePatience {

    public static final Duration LIMIT = Duration.ofMinutes(15);

    private RestorePatience() {}

    /** @param progressAt when the restore last came further */
    public static boolean isOver(Instant progressAt, Instant now) {
        return now.isAfter(progressAt.plus(LIMIT));
    }
}
