package sluice.entry.gate;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A response as API Gateway expects it: payload format 2.0 of an HTTP API.
 *
 * @param body null for status 304
 * @param isBase64Encoded whether {@code body} is base64, as a compressed body is
 */
@RegisterForReflection
public record ApiGatewayResponse(
        int statusCode,
        Map<String, String> headers,
        @Nullable String body,
        @JsonProperty("isBase64Encoded") boolean isBase64Encoded) {}
