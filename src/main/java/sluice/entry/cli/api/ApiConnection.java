package sluice.entry.cli.api;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the command line and the environment say about the way to the API.
 *
 * @param url address, or null for {@value #URL_VARIABLE}
 * @param region region of the signature, or null for the one that the address or the AWS chain names
 * @param isUnsigned whether calls go out without a signature
 */
public record ApiConnection(@Nullable String url, @Nullable String region, boolean isUnsigned) {

    public static final String URL_VARIABLE = "SLUICE_URL";
    public static final String TOKEN_VARIABLE = "SLUICE_TOKEN";

    private static final Duration PAUSE = Duration.ofSeconds(1);

    /**
     * A client. {@value #TOKEN_VARIABLE} is sent where it is set; else calls are signed, but for this machine's own
     * addresses, where the sandbox answers everybody.
     *
     * @throws IllegalArgumentException where the address is missing or is none, or would show a secret to the network
     * @throws ApiException where the call would have to be signed and the region is not known
     */
    public ApiClient open(Map<String, String> environment) throws ApiException {
        String given = url == null ? environment.getOrDefault(URL_VARIABLE, "") : url;
        if (given.isBlank()) {
            throw new IllegalArgumentException("the API's address is missing: give --url, or set " + URL_VARIABLE);
        }
        ApiAddress address = ApiAddress.of(given);
        return new ApiClient(address, authorization(address, environment), PAUSE);
    }

    private CallAuthorization authorization(ApiAddress address, Map<String, String> environment) throws ApiException {
        Optional<String> token =
                Optional.ofNullable(environment.get(TOKEN_VARIABLE)).filter(text -> !text.isBlank());
        boolean needsNobody = isUnsigned || address.isThisMachine();
        if (!address.isEncrypted() && !address.isThisMachine() && (token.isPresent() || !needsNobody)) {
            throw new IllegalArgumentException(address + " is not encrypted, and the call would show who calls: use"
                    + " https, or --no-sign without " + TOKEN_VARIABLE);
        }
        if (token.isPresent()) {
            return CallAuthorization.bearer(token.get().strip());
        }
        if (needsNobody) {
            return CallAuthorization.none();
        }
        return Signature.ofAwsChain(region == null ? address.region().orElse(null) : region);
    }
}
