package sluice.entry.gate;

import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;
import sluice.ingest.run.StaleRunException;
import sluice.platform.druid.ClusterBreaker;
import sluice.platform.druid.DruidException;
import sluice.platform.log.Log;
import sluice.platform.objects.ObjectStoreException;
import sluice.platform.state.StateException;

/** Routes a call to its handler, and turns the result or the exception into an answer. */
@ApplicationScoped
public class Gate {

    private static final Log LOG = Log.of(Gate.class);
    /** Definitions and specs are far smaller. API Gateway itself accepts 10 MB. */
    static final int LARGEST_BODY = 1_048_576;

    private static final String DATASOURCE = "datasource";

    private final List<Route> routes;
    private final Callers callers;
    private final Problems problems;
    private final ClusterBreaker breaker;

    Gate(@All List<Endpoint> endpoints, Callers callers, Problems problems, ClusterBreaker breaker) {
        this.routes = endpoints.stream()
                .flatMap(endpoint -> endpoint.routes().stream())
                .toList();
        this.callers = callers;
        this.problems = problems;
        this.breaker = breaker;
    }

    /** Answers every call. An unexpected exception is logged with its stack trace and answered with status 500. */
    public ApiGatewayResponse handle(ApiGatewayRequest call) {
        String id = call.requestContext().requestId();
        MDC.put("requestId", id);
        breaker.personAsks();
        try {
            Answer answer = answer(call, id);
            LOG.info(
                    "Call is answered",
                    "method",
                    call.requestContext().http().method(),
                    "path",
                    call.path(),
                    "status",
                    answer.status());
            return Encoding.of(answer, call);
        } finally {
            MDC.clear();
        }
    }

    private Answer answer(ApiGatewayRequest call, String id) {
        try {
            return routed(call, id);
        } catch (ProblemException exception) {
            if (exception.status() == 401 || exception.status() == 403) {
                LOG.warn(
                        "Call is refused",
                        "caller",
                        call.callerName(),
                        "method",
                        call.requestContext().http().method(),
                        "path",
                        call.path(),
                        "reason",
                        exception.getMessage());
            }
            return problems.of(exception, id);
        } catch (DruidException exception) {
            LOG.warn("Druid gave no usable answer", "cluster", exception.cluster(), "reason", exception.getMessage());
            return problems.of(exception, id);
        } catch (StaleRunException exception) {
            return problems.of(ProblemException.conflict(exception.getMessage() + "; repeat the call"), id);
        } catch (ObjectStoreException exception) {
            LOG.warn("The object store gave no usable answer", "reason", exception.getMessage());
            return problems.of(exception, id);
        } catch (StateException exception) {
            LOG.error(exception, "The state table refused or failed");
            return problems.of(exception, id);
        } catch (StackOverflowError | OutOfMemoryError exhausted) {
            LOG.error(exhausted, "Call needs more stack or memory than there is");
            return problems.of(
                    ProblemException.unprocessable("The call needs more stack or memory than there is", List.of()), id);
        } catch (RuntimeException exception) {
            LOG.error(exception, "Call failed");
            return problems.of(
                    new ProblemException(
                            500, "Internal error", "The call failed. The log has the reason under request id " + id),
                    id);
        }
    }

    private Answer routed(ApiGatewayRequest call, String id) {
        Caller caller = callers.of(call);
        Map<String, Route> byMethod = new TreeMap<>();
        String method = call.requestContext().http().method();
        for (Route route : routes) {
            Optional<Map<String, String>> places = route.match(call.path());
            if (places.isPresent() && route.method().equals(method)) {
                require(caller, route, places.get().get(DATASOURCE));
                return route.handler()
                        .apply(new Request(
                                id,
                                route,
                                caller,
                                places.get(),
                                call.queryStringParameters(),
                                lowerCase(call.headers()),
                                body(call)));
            }
            places.ifPresent(other -> byMethod.put(route.method(), route));
        }
        if (byMethod.isEmpty()) {
            throw ProblemException.notFound("The API has no path " + call.path());
        }
        String allowed = String.join(", ", byMethod.keySet());
        return problems.of(new ProblemException(405, "Method not allowed", call.path() + " allows " + allowed), id)
                .with("allow", allowed);
    }

    private static void require(Caller caller, Route route, @Nullable String datasource) {
        if (datasource == null ? !caller.has(route.role()) : !caller.may(route.role(), datasource)) {
            throw ProblemException.forbidden("the role '" + route.role().word() + "'"
                    + (datasource == null ? "" : " for the datasource '" + datasource + "'"));
        }
    }

    private static Map<String, String> lowerCase(Map<String, String> headers) {
        return headers.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        header -> header.getKey().toLowerCase(Locale.ROOT),
                        Map.Entry::getValue,
                        (left, right) -> left));
    }

    private static String body(ApiGatewayRequest call) {
        byte[] bytes = Encoding.body(call);
        if (bytes.length > LARGEST_BODY) {
            throw new ProblemException(413, "Content too large", "The body is larger than " + LARGEST_BODY + " bytes");
        }
        return Encoding.text(bytes);
    }
}
