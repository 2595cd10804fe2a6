package sluice.platform.druid;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;

/** Calls one cluster's services, each call with the cluster's retries, time-out and circuit breaker. */
final class RestConnection {

    /** The overlord looks up unknown ids one by one, so a call is kept small enough for a quick answer. */
    static final int IDS_PER_CALL = 1_000;

    private final String cluster;
    private final ClusterApis apis;
    private final DruidTexts texts;
    private final FaultTolerance faultTolerance;

    RestConnection(String cluster, ClusterConfig config, ClusterApis apis, DruidTexts texts) {
        this.cluster = cluster;
        this.apis = apis;
        this.texts = texts;
        this.faultTolerance = new FaultTolerance(cluster, config.timeout());
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

    /** Returns the answer to a call. Its status is 2xx, 400 or 404. */
    DruidAnswer call(String request, Supplier<Response> call) {
        return faultTolerance.call(() -> attempt(request, call), DruidAnswer.class);
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
        List<String> all = List.copyOf(ids);
        for (int from = 0; from < all.size(); from += IDS_PER_CALL) {
            page.accept(all.subList(from, Math.min(from + IDS_PER_CALL, all.size())));
        }
    }

    /** Makes one attempt. A failure that may be retried is an exception, others are answers. */
    private DruidAnswer attempt(String request, Supplier<Response> call) {
        DruidAnswer answer = withFreshCredentials(request, call);
        if (answer.status() != 400 && answer.status() != 404) {
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
            return texts.clean(DruidAnswer.of(cluster, request, call.get()));
        } catch (ProcessingException exception) {
            String reason =
                    Optional.ofNullable(exception.getCause()).orElse(exception).toString();
            throw new DruidException(
                    DruidException.Code.UNAVAILABLE, cluster, request + ": " + texts.error(reason), exception);
        }
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
