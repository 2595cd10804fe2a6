package sluice.entry.cli.api;

import java.util.Map;

/**
 * Any response of the API, also one that is an error.
 *
 * @param headers by lower-case name
 * @param body uncompressed
 */
public record RawResponse(int status, Map<String, String> headers, byte[] body) {

    public RawResponse {
        headers = Map.copyOf(headers);
    }
}
