package sluice.entry.gate;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;

/**
 * An answer as API Gateway takes it: payload format 2.0 of an HTTP API.
 *
 * @param isBase64Encoded whether {@code body} is base64, as it is when the answer is compressed
 */
@RegisterForReflection
public record ApiGatewayResponse(
        int statusCode,
        Map<String, String> headers,
        String body,
        @JsonProperty("isBase64Encoded") boolean isBase64Encoded) {}
