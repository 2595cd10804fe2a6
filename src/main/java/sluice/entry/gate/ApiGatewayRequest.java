package sluice.entry.gate;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request as API Gateway passes it on: the used fields of payload format 2.0 of an HTTP API.
 *
 * @param rawPath path, prefixed with the stage unless that is {@code $default}
 * @param headers names in lower case; a comma joins the values of one name
 * @param queryStringParameters decoded; empty if there are none
 * @param requestContext who calls, and how
 * @param body null if there is none
 * @param isBase64Encoded whether {@code body} is base64; API Gateway encodes everything that is not text
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">
 *     Lambda proxy integrations</a>
 */
@RegisterForReflection
public record ApiGatewayRequest(
        String rawPath,
        Map<String, String> headers,
        Map<String, String> queryStringParameters,
        RequestContext requestContext,
        @Nullable String body,
        @JsonProperty("isBase64Encoded") boolean isBase64Encoded) {

    /** Name of a caller whom nobody has authenticated. */
    static final String ANONYMOUS = "anonymous";

    public ApiGatewayRequest {
        headers = headers == null ? Map.of() : Map.copyOf(headers);
        queryStringParameters = queryStringParameters == null ? Map.of() : Map.copyOf(queryStringParameters);
    }

    /**
     * The context of a request.
     *
     * @param requestId API Gateway's id of the call
     * @param stage the API's stage
     * @param http method and source
     * @param authorizer what API Gateway knows about the caller; null for an API without authorizer
     */
    @RegisterForReflection
    public record RequestContext(String requestId, String stage, Http http, @Nullable Authorizer authorizer) {}

    /** The HTTP method, in upper case. */
    @RegisterForReflection
    public record Http(String method) {}

    /** The caller, authenticated in one of two ways. */
    @RegisterForReflection
    public record Authorizer(@Nullable Iam iam, @Nullable Jwt jwt) {}

    /** An IAM principal. */
    @RegisterForReflection
    public record Iam(@Nullable String userArn) {}

    /** A token that API Gateway has verified. */
    @RegisterForReflection
    public record Jwt(@Nullable Map<String, Object> claims) {}

    /** The ARN of the IAM principal that API Gateway has authenticated. */
    Optional<String> principal() {
        Authorizer authorizer = requestContext.authorizer();
        return Optional.ofNullable(authorizer == null ? null : authorizer.iam())
                .map(Iam::userArn)
                .filter(arn -> !arn.isBlank());
    }

    /** The claims of the token that API Gateway has verified; empty if there is none. */
    Map<String, Object> claims() {
        Authorizer authorizer = requestContext.authorizer();
        return Optional.ofNullable(authorizer == null ? null : authorizer.jwt())
                .map(Jwt::claims)
                .orElse(Map.of());
    }

    /** Who calls, for a log. */
    String callerName() {
        return principal()
                .or(() -> Optional.ofNullable(claims().get("sub")).map(Object::toString))
                .orElse(ANONYMOUS);
    }

    /** The path without the stage. */
    String path() {
        String prefix = "/" + requestContext.stage();
        return rawPath.startsWith(prefix + "/") ? rawPath.substring(prefix.length()) : rawPath;
    }
}
