package sluice.entry.gate;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;

/**
 * A call as API Gateway hands it over: payload format 2.0 of an HTTP API, the fields that are used.
 *
 * @param rawPath path with the stage before it, unless the stage is {@code $default}
 * @param headers names in lower case; values of one name joined by commas
 * @param queryStringParameters decoded; null where there are none
 * @param requestContext who calls, and how
 * @param body null where there is none
 * @param isBase64Encoded whether {@code body} is base64, as API Gateway makes it of anything that is not text
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">
 *     Lambda proxy integrations</a>
 */
@RegisterForReflection
public record ApiGatewayRequest(
        String rawPath,
        Map<String, String> headers,
        Map<String, String> queryStringParameters,
        RequestContext requestContext,
        String body,
        @JsonProperty("isBase64Encoded") boolean isBase64Encoded) {

    public ApiGatewayRequest {
        headers = headers == null ? Map.of() : Map.copyOf(headers);
        queryStringParameters = queryStringParameters == null ? Map.of() : Map.copyOf(queryStringParameters);
    }

    /**
     * How the call came.
     *
     * @param requestId API Gateway's id of the call
     * @param stage the API's stage
     * @param http method and source
     * @param authorizer what API Gateway knows of the caller, or null where the API is open
     */
    @RegisterForReflection
    public record RequestContext(String requestId, String stage, Http http, Authorizer authorizer) {}

    /** The HTTP method, in upper case. */
    @RegisterForReflection
    public record Http(String method) {}

    /** The caller, by one of the two ways to authenticate. */
    @RegisterForReflection
    public record Authorizer(Iam iam, Jwt jwt) {}

    /** An IAM principal. */
    @RegisterForReflection
    public record Iam(String userArn) {}

    /** A token that API Gateway has verified. */
    @RegisterForReflection
    public record Jwt(Map<String, Object> claims) {}

    /** The caller: the ARN of an IAM principal, the subject of a token, or {@code anonymous} where nobody is named. */
    String caller() {
        Authorizer authorizer = requestContext.authorizer();
        if (authorizer != null && authorizer.iam() != null && authorizer.iam().userArn() != null) {
            return authorizer.iam().userArn();
        }
        if (authorizer != null && authorizer.jwt() != null && authorizer.jwt().claims() != null) {
            Object subject = authorizer.jwt().claims().get("sub");
            return subject == null ? "anonymous" : subject.toString();
        }
        return "anonymous";
    }

    /** The path without the stage. */
    String path() {
        String prefix = "/" + requestContext.stage();
        return rawPath.startsWith(prefix + "/") ? rawPath.substring(prefix.length()) : rawPath;
    }
}
