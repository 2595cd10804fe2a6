package sluice.entry.cli.api;

import java.net.URI;
import java.util.Map;

/** How a call says who calls. */
interface CallAuthorization {

    /**
     * Headers to add to a call.
     *
     * @param call method, headers and body
     * @param target the address with path and query as they go over the wire
     * @throws ApiException where the caller cannot be told, saying what would help
     */
    Map<String, String> headers(ApiCall call, URI target) throws ApiException;

    /** For an address that asks nobody: the sandbox, or a deployment behind another gate. */
    static CallAuthorization none() {
        return (call, target) -> Map.of();
    }

    /** A token for an API with a JWT authorizer. */
    static CallAuthorization bearer(String token) {
        return (call, target) -> Map.of("authorization", "Bearer " + token);
    }
}
