package sluice.platform.druid;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;
import java.net.ConnectException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import sluice.platform.state.Batches;

/** Calls one cluster's services, each call with the cluster's retries, time-out and circuit breaker. */
final class RestConnection {

    /** The overlord looks up unknown ids one by one, so a call is kept small enough for a quick answer. */
    static final int IDS_PER_CALL = 1_000;

    private static final Duration PROBE = Duration.ofSeconds(5);

    private final String cluster;
    private final ClusterApis apis;
    private final DruidTexts texts;
    private final FaultTolerance faultTolerance;
    private final ClusterBreaker breaker;
    private final InvocationTime time;

    /** @param timeout of a call together with its retries */
    RestConnection(
            String cluster,
            Duration timeout,
            ClusterApis apis,
            ClusterBreaker breaker,
            InvocationTime time,
            DruidTexts texts) {
        this.cluster = cluster;
        this.apis = apis;
        this.texts = texts;
        this.breaker = breaker;
        this.time = time;
        this.faultTolerance = new FaultTolerance(cluster, timeout, time);
    }

    OverlordApi overlord() {
        return apis.overlord();
    }

    CoordinatorApi coordinator() {
        return apis.coordinator();
    }

    ClusterApis apis() {
        return apis;
    }

    DruidTexts texts() {
        return texts;
    }

    /**
     * Returns the answer to a call. Its status is 2xx, 400 or 404.
     *
     * @throws DruidException also, without a call, while the cluster does not answer
     */
    DruidAnswer call(String request, Supplier<Response> call) {
        outage().ifPresent(outage -> {
            throw new DruidException(DruidException.Code.UNAVAILABLE, cluster, outage.message());
        });
        try {
            return faultTolerance.call(() -> attempt(request, call), DruidAnswer.class);
        } catch (DruidException exception) {
            if (isNoAnswer(exception) && time.left().compareTo(PROBE) > 0) {
                breaker.unanswered(cluster, request + ": " + exception.code(), this::answers);
            }
            throw exception;
        }
    }

    /** Returns the outage of a cluster that is not asked now. */
    Optional<Outage> outage() {
        return breaker.outage(cluster, this::answers);
    }

    /** Whether the overlord answers at all; what it answers does not matter. */
    private boolean answers() {
        try {
            faultTolerance.once(
                    PROBE, () -> attempt("find leader", () -> apis.overlord().leader()), DruidAnswer.class);
            return true;
        } catch (DruidException exception) {
            return !isNoAnswer(exception);
        }
    }

    private static boolean isNoAnswer(DruidException exception) {
        return exception.code() == DruidException.Code.TIMED_OUT || exception.code() == DruidException.Code.UNAVAILABLE;
    }

    /** Returns the JSON of the answer to a call, or empty for status 404. */
    Optional<JsonNode> found(String request, Supplier<Response> call) {
        DruidAnswer answer = call(request, call);
        return answer.status() == 404 ? Optional.empty() : Optional.of(answer.json());
    }

    /** Makes a call that changes something. Returns why Druid refuses it, or empty if it does not. */
    Optional<String> refusal(String request, Supplier<Response> call) {
        DruidAnswer answer = call(request, call);
        if (answer.isRefusal()) {
            return Optional.of(answer.message());
        }
        answer.requireSuccess();
        return Optional.empty();
    }

    /** Runs a SQL query; the rows are JSON objects. */
    List<JsonNode> query(SqlQuery query) {
        List<JsonNode> rows = new ArrayList<>();
        call("SQL", () -> apis.sql().query(query.json())).json().forEach(rows::add);
        return List.copyOf(rows);
    }

    /** Splits ids into lists that fit one call. */
    static void inPages(Collection<String> ids, Consumer<List<String>> page) {
        Batches.of(List.copyOf(ids), IDS_PER_CALL).forEach(page);
    }

    /** Makes one attempt. A failure that may be retried is an exception, others are answers. */
    private DruidAnswer attempt(String request, Supplier<Response> call) {
        DruidAnswer answer = withFreshCredentials(request, call);
        if (!answer.isExpected()) {
            answer.requireSuccess();
        }
        return answer;
    }

    /** A password or a certificate may have been rotated since it was read. Then the call is made once more. */
    private DruidAnswer withFreshCredentials(String request, Supplier<Response> call) {
        try {
            DruidAnswer answer = sent(request, call);
            if (!answer.isUnauthorized() || !apis.areCredentialsRenewed()) {
                return answer;
            }
        } catch (DruidException exception) {
            if (!mayBeAboutTls(exception) || !apis.areCredentialsRenewed()) {
                throw exception;
            }
        }
        return sent(request, call);
    }

    private DruidAnswer sent(String request, Supplier<Response> call) {
        try {
            DruidAnswer answer = texts.clean(DruidAnswer.of(cluster, request, call.get()));
            breaker.asked(cluster, !answer.isExpected());
            return answer;
        } catch (ProcessingException exception) {
            breaker.asked(cluster, true);
            Throwable cause = Optional.ofNullable(exception.getCause()).orElse(exception);
            throw new DruidException(
                    isLate(cause) ? DruidException.Code.TIMED_OUT : DruidException.Code.UNAVAILABLE,
                    cluster,
                    request + ": " + texts.error(cause.toString()),
                    exception);
        }
    }

    /** A connection that is not made in time counts as refused: the next attempt may find another server. */
    private static boolean isLate(Throwable cause) {
        return cause instanceof InterruptedException
                || (cause instanceof TimeoutException && !(cause instanceof ConnectException));
    }

    /** A server that does not like the client's certificate may just close the connection. */
    private boolean mayBeAboutTls(DruidException exception) {
        if (apis.hasClientCertificate()) {
            return true;
        }
        for (Throwable cause = exception.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException || cause instanceof GeneralSecurityException) {
                return true;
            }
        }
        return false;
    }
}
