package sluice.platform.druid;

import io.smallrye.faulttolerance.api.Guard;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;

/**
 * Retries, limits and times out all calls to a cluster.
 *
 * <p>A call and its retries together take no longer than the cluster's time-out, nor than the invocation has left. A call
 * that was not answered in time is not retried: a service that hangs would only hold the caller once more.
 *
 * <p>Every call is safe to retry: tasks have deterministic ids, and all other calls read or set a state.
 */
class FaultTolerance {

    private static final int RETRIES = 3;
    private static final int CALLS_AT_ONCE = 16;

    private final String cluster;
    private final Duration timeout;
    private final InvocationTime time;
    private final Guard attempts;

    FaultTolerance(String cluster, Duration timeout, InvocationTime time) {
        this.cluster = cluster;
        this.timeout = timeout;
        this.time = time;
        this.attempts = Guard.create()
                .withDescription("druid " + cluster)
                .withRetry()
                .maxRetries(RETRIES)
                .delay(200, ChronoUnit.MILLIS)
                .jitter(100, ChronoUnit.MILLIS)
                .withExponentialBackoff()
                .maxDelay(2, ChronoUnit.SECONDS)
                .done()
                .whenException(FaultTolerance::mayPass)
                .done()
                .withBulkhead()
                .limit(CALLS_AT_ONCE)
                .done()
                .build();
    }

    <T> T call(Supplier<T> call, Class<T> type) {
        return within(timeout, () -> attempts.get(call, type), type);
    }

    /** Makes one attempt that takes no longer than a part of the cluster's time-out. */
    <T> T once(Duration most, Supplier<T> call, Class<T> type) {
        return within(most.compareTo(timeout) < 0 ? most : timeout, call::get, type);
    }

    private <T> T within(Duration most, Supplier<T> work, Class<T> type) {
        Duration left = time.left();
        if (left.isZero()) {
            throw new DruidException(
                    DruidException.Code.UNAVAILABLE, cluster, "not asked: the invocation has no time left");
        }
        Duration limit = left.compareTo(most) < 0 ? left : most;
        Guard deadline = Guard.create()
                .withDescription("druid " + cluster + " in time")
                .withTimeout()
                .duration(Math.max(1, limit.toMillis()), ChronoUnit.MILLIS)
                .done()
                .build();
        try {
            return deadline.get(work, type);
        } catch (BulkheadException exception) {
            throw new DruidException(
                    DruidException.Code.UNAVAILABLE, cluster, "not asked: too many calls at once", exception);
        } catch (TimeoutException exception) {
            throw new DruidException(DruidException.Code.TIMED_OUT, cluster, "no answer in time", exception);
        }
    }

    private static boolean mayPass(Throwable failure) {
        return failure instanceof DruidException druid && druid.code() == DruidException.Code.UNAVAILABLE;
    }
}
