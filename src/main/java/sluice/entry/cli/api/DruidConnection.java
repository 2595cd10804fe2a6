package sluice.entry.cli.api;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** How to reach a Druid cluster itself. */
public final class DruidConnection {

    /** The value of the header {@code Authorization}, such as {@code Basic ...}. */
    public static final String AUTHORIZATION_VARIABLE = "SLUICE_DRUID_AUTHORIZATION";

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private DruidConnection() {}

    /**
     * Returns a client that sends {@value #AUTHORIZATION_VARIABLE} if set.
     *
     * @throws IllegalArgumentException if the address is invalid, or would expose credentials to the network
     */
    public static ApiClient open(String url, Map<String, String> environment) {
        ApiAddress address = ApiAddress.of(url);
        String authorization =
                environment.getOrDefault(AUTHORIZATION_VARIABLE, "").strip();
        if (authorization.isEmpty()) {
            return new ApiClient(address, CallAuthorization.none(), PAUSE);
        }
        if (!address.isEncrypted() && !address.isThisMachine()) {
            throw new IllegalArgumentException(address + " is not encrypted, and the call would expose credentials: use"
                    + " https, or no " + AUTHORIZATION_VARIABLE);
        }
        return new ApiClient(address, (ApiCall call, URI target) -> Map.of("authorization", authorization), PAUSE);
    }
}
