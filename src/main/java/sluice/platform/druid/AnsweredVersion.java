package sluice.platform.druid;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import sluice.core.contract.Contract;

/**
 * The contract of the version that a cluster answers, for environments that do not name one. It is asked anew from time to
 * time, because clusters are upgraded while functions live.
 */
final class AnsweredVersion {
    static final String AUTO = "auto";

    /** Holds until a cluster has answered once: nothing is submitted to it before. */
    private static final String UNTIL_ANSWERED = "33";

    private static final Duration FRESH = Duration.ofMinutes(10);
    private static final Duration FRESH_FAILURE = Duration.ofMinutes(1);

    private final Clock clock;
    private String contract = UNTIL_ANSWERED;
    private Instant askAgainAt = Instant.MIN;

    AnsweredVersion(Clock clock) {
        this.clock = clock;
    }

    /** @param ask asks the cluster; if it fails, the last answer counts */
    synchronized String contract(Supplier<String> ask) {
        Instant now = clock.instant();
        if (now.isBefore(askAgainAt)) {
            return contract;
        }
        try {
            contract = Contract.forCluster(ask.get()).version();
            askAgainAt = now.plus(FRESH);
        } catch (DruidException exception) {
            askAgainAt = now.plus(FRESH_FAILURE);
        }
        return contract;
    }
}
