package sluice.entry.cli.api;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How to reach the API, from the command line and the environment.
 *
 * @param url address; null for {@value #URL_VARIABLE}
 * @param region region of the signature; null for that of the address or of the AWS chain
 * @param isUnsigned whether calls are sent without a signature
 */
public record ApiConnection(@Nullable String url, @Nullable String region, boolean isUnsigned) {

    public static final String URL_VARIABLE = "SLUICE_URL";
    public static final String TOKEN_VARIABLE = "SLUICE_TOKEN";

    private static final Duration PAUSE = Duration.ofSeconds(1);

    /**
     * Returns a client. It sends {@value #TOKEN_VARIABLE} if set. Otherwise it signs calls, except to addresses of this
     * machine, where the sandbox accepts every call.
     *
     * @throws IllegalArgumentException if the address is missing or invalid, or would expose a secret to the network
     * @throws ApiException if calls must be signed and the region is unknown
     */
    public ApiClient open(Map<String, String> environment) throws ApiException {
        String given = url == null ? environment.getOrDefault(URL_VARIABLE, "") : url;
        if (given.isBlank()) {
            throw new IllegalArgumentException("the API's address is missing: pass --url, or set " + URL_VARIABLE);
        }
        ApiAddress address = ApiAddress.of(given);
        return new ApiClient(address, authorization(address, environment), PAUSE);
    }

    private CallAuthorization authorization(ApiAddress address, Map<String, String> environment) throws ApiException {
        Optional<String> token =
                Optional.ofNullable(environment.get(TOKEN_VARIABLE)).filter(text -> !text.isBlank());
        boolean needsNobody = isUnsigned || address.isThisMachine();
        if (!address.isEncrypted() && !address.isThisMachine() && (token.isPresent() || !needsNobody)) {
            throw new IllegalArgumentException(address + " is not encrypted, and the call would expose credentials: use"
                    + " https, or --no-sign without " + TOKEN_VARIABLE);
        }
        if (token.isPresent()) {
            return CallAuthorization.bearer(token.get().strip());
        }
        if (needsNobody) {
            return CallAuthorization.none();
        }
        return Signature.ofAwsChain(
                Signature.API, region == null ? address.region().orElse(null) : region);
    }
}
