package sluice.entry.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import sluice.platform.druid.DruidException;
import sluice.platform.objects.ObjectStoreException;
import sluice.platform.state.StateException;

/** Problems as {@code application/problem+json}: {@code {type, title, status, detail, instance, findings}}. */
@ApplicationScoped
class Problems {

    static final String CONTENT_TYPE = "application/problem+json";
    private static final String RETRY_AFTER_SECONDS = "10";

    private final ObjectMapper mapper;

    Problems(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    Answer of(ProblemException problem, String requestId) {
        ObjectNode body = mapper.createObjectNode()
                .put("type", "about:blank")
                .put("title", problem.title())
                .put("status", problem.status())
                .put("detail", problem.getMessage())
                .put("instance", "urn:request:" + requestId);
        ArrayNode findings = body.putArray("findings");
        problem.findings().forEach(finding -> findings.add(mapper.<JsonNode>valueToTree(finding)));
        return new Answer(problem.status(), CONTENT_TYPE, body.toString(), Map.of());
    }

    /** A failure of S3: 503 if a later call may succeed, 422 if the call names what the functions may not read. */
    Answer of(ObjectStoreException exception, String requestId) {
        return exception.code() == ObjectStoreException.Code.UNAVAILABLE
                ? of(new ProblemException(503, "S3 unavailable", exception.getMessage()), requestId)
                        .with("retry-after", RETRY_AFTER_SECONDS)
                : of(
                        ProblemException.unprocessable(
                                "S3 does not give out what the call names: " + exception.getMessage(), List.of()),
                        requestId);
    }

    /** A failure of the state table: 413 if an item would be too large, 503 if a later call may succeed. */
    Answer of(StateException exception, String requestId) {
        return switch (exception.code()) {
            case ITEM_TOO_LARGE ->
                of(
                        new ProblemException(
                                413, "Content too large", "What the call stores has more than 400 KB, compressed"),
                        requestId);
            case THROTTLED, TIMED_OUT, CONFLICT, UNAVAILABLE, CANCELLED ->
                of(
                                new ProblemException(
                                        503, "State table unavailable", "The state table did not complete the call"),
                                requestId)
                        .with("retry-after", RETRY_AFTER_SECONDS);
            case REFUSED ->
                of(
                        new ProblemException(
                                500,
                                "Internal error",
                                "The call failed. The log has the reason under request id " + requestId),
                        requestId);
        };
    }

    /** A failure of Druid: 503 if a later call may succeed, 502 if Druid refused. */
    Answer of(DruidException exception, String requestId) {
        return exception.isTransient()
                ? of(new ProblemException(503, "Druid unavailable", exception.getMessage()), requestId)
                        .with("retry-after", RETRY_AFTER_SECONDS)
                : of(new ProblemException(502, "Druid refused", exception.getMessage()), requestId);
    }
}
