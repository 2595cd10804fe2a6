package sluice.entry.cli.api;

import java.net.URI;
import java.util.Map;

/** How a call is authorized. */
interface CallAuthorization {

    /**
     * Returns the headers to add to a call.
     *
     * @param call method, headers and body
     * @param target the address with path and query as sent over the wire
     * @throws ApiException if there are no credentials; the message says what would help
     */
    Map<String, String> headers(ApiCall call, URI target) throws ApiException;

    /** Returns the options with which curl does the same; they name environment variables for secrets. */
    default String curlOptions() {
        return "";
    }

    /** For an API without authorization: the sandbox, or a deployment behind another gate. */
    static CallAuthorization none() {
        return (call, target) -> Map.of();
    }

    /** For an API with a JWT authorizer. */
    static CallAuthorization bearer(String token) {
        return new CallAuthorization() {
            @Override
            public Map<String, String> headers(ApiCall call, URI target) {
                return Map.of("authorization", "Bearer " + token);
            }

            @Override
            public String curlOptions() {
                return "-H \"authorization: Bearer $" + ApiConnection.TOKEN_VARIABLE + "\"";
            }
        };
    }
}
