package sluice.entry.cli.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import sluice.core.contract.Finding;

/** Errors in words: the API's own (RFC 9457), and those of API Gateway before it. */
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
            // Told as it came.
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
                        ". The token of SLUICE_TOKEN is not taken: is it of this API's issuer, and not expired?";
                    case 403 ->
                        ". The caller may not: it needs execute-api:Invoke on this API, and the signature has to be of"
                                + " its region (--region). 'aws sts get-caller-identity' says who calls";
                    case 404 -> ". Is this the address of the API, with its stage if it has one?";
                    default -> "";
                };
        return new ApiException(status, from + " answered " + status + ": " + message + advice, List.of());
    }
}
