package sluice.platform.druid;

import io.smallrye.faulttolerance.api.Guard;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;

/**
 * Retries, limits and times out all calls to a cluster. Each cluster has its own circuit breaker, so that an outage of one
 * does not block another.
 *
 * <p>Every call is safe to retry: tasks have deterministic ids, and all other calls read or set a state.
 */
class FaultTolerance {

    private static final int RETRIES = 3;

    private final String cluster;
    private final Guard guard;

    FaultTolerance(String cluster, Duration timeout) {
        this.cluster = cluster;
        this.guard = Guard.create()
                .withDescription("druid " + cluster)
                .withRetry()
                .maxRetries(RETRIES)
                .delay(200, ChronoUnit.MILLIS)
                .jitter(100, ChronoUnit.MILLIS)
                .withExponentialBackoff()
                .maxDelay(2, ChronoUnit.SECONDS)
                .done()
                .whenException(FaultTolerance::isOutage)
                .done()
                .withCircuitBreaker()
                .requestVolumeThreshold(12)
                .failureRatio(0.75)
                .delay(5, ChronoUnit.SECONDS)
                .when(FaultTolerance::isOutage)
                .done()
                .withTimeout()
                .duration(timeout.toMillis(), ChronoUnit.MILLIS)
                .done()
                .withBulkhead()
                .limit(16)
                .done()
                .build();
    }

    <T> T call(Supplier<T> call, Class<T> type) {
        try {
            return guard.get(call, type);
        } catch (CircuitBreakerOpenException exception) {
            throw new DruidException(
                    DruidException.Code.UNAVAILABLE, cluster, "not asked: too many calls failed just now", exception);
        } catch (BulkheadException exception) {
            throw new DruidException(
                    DruidException.Code.UNAVAILABLE, cluster, "not asked: too many calls at once", exception);
        } catch (TimeoutException exception) {
            throw new DruidException(DruidException.Code.TIMED_OUT, cluster, "no answer in time", exception);
        }
    }

    private static boolean isOutage(Throwable failure) {
        return failure instanceof TimeoutException
                || (failure instanceof DruidException druid
                        && (druid.code() == DruidException.Code.UNAVAILABLE
                                || druid.code() == DruidException.Code.TIMED_OUT));
    }
}
