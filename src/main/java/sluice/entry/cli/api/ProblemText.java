package sluice.entry.cli.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import sluice.core.contract.Finding;

/** Describes errors: the API's own (RFC 9457), and those of API Gateway in front of it. */
final class ProblemText {

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final int LONGEST = 300;

    private ProblemText() {}

    static ApiException of(int status, String body, String from) {
        try {
            JsonNode problem = JSON.readTree(body);
            if (problem.hasNonNull("detail")) {
                return new ApiException(status, own(problem), findings(problem));
            }
            if (problem.hasNonNull("message")) {
                return foreign(status, problem.path("message").asText(), from);
            }
        } catch (JsonProcessingException notJson) {
            // Reported as received.
        }
        return foreign(status, body.length() > LONGEST ? body.substring(0, LONGEST) + "..." : body, from);
    }

    private static String own(JsonNode problem) {
        String request = problem.path("instance").asText("").replace("urn:request:", "");
        return problem.path("detail").asText() + " (" + problem.path("status").asText() + " "
                + problem.path("title").asText() + (request.isEmpty() ? "" : ", request " + request) + ")";
    }

    private static List<Finding> findings(JsonNode problem) throws JsonProcessingException {
        List<Finding> findings = new ArrayList<>();
        for (JsonNode finding : problem.path("findings")) {
            findings.add(JSON.treeToValue(finding, Finding.class));
        }
        return findings;
    }

    private static ApiException foreign(int status, String message, String from) {
        String advice =
                switch (status) {
                    case 401 ->
                        ". The API rejects the token in SLUICE_TOKEN: is it from this API's issuer, and has it expired?";
                    case 403 ->
                        ". The caller needs execute-api:Invoke on this API, and the signature must be for its region"
                                + " (--region). 'aws sts get-caller-identity' shows the caller";
                    case 404 -> ". Is this the address of the API, including its stage?";
                    default -> "";
                };
        return new ApiException(status, from + " answered " + status + ": " + message + advice, List.of());
    }
}
