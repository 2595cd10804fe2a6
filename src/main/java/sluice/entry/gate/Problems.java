package sluice.entry.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import sluice.platform.druid.DruidException;

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

    /** A failure of Druid: 503 if a later call may succeed, 502 if Druid refused. */
    Answer of(DruidException exception, String requestId) {
        return exception.isTransient()
                ? of(new ProblemException(503, "Druid unavailable", exception.getMessage()), requestId)
                        .with("retry-after", RETRY_AFTER_SECONDS)
                : of(new ProblemException(502, "Druid refused", exception.getMessage()), requestId);
    }
}
