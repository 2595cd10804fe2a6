package sluice.entry.cli.api;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The API's address: scheme, host, port, and the stage if there is one. */
final class ApiAddress {

    private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final Pattern AWS_HOST =
            Pattern.compile(".+\\.execute-api\\.([a-z0-9-]+)\\.amazonaws\\.com(\\.cn)?");

    private final URI uri;

    private ApiAddress(URI uri) {
        this.uri = uri;
    }

    /** @throws IllegalArgumentException if the text is not an address; the message shows one */
    static ApiAddress of(String text) {
        try {
            URI uri = new URI(text.replaceAll("/+$", ""));
            boolean isHttp = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (isHttp && uri.getHost() != null && uri.getRawQuery() == null && uri.getUserInfo() == null) {
                return new ApiAddress(uri);
            }
        } catch (URISyntaxException malformed) {
            // Reported below.
        }
        throw new IllegalArgumentException("'" + text + "' is not the address of an API, such as"
                + " https://abc123.execute-api.eu-central-1.amazonaws.com or http://127.0.0.1:8080");
    }

    boolean isThisMachine() {
        return THIS_MACHINE.contains(uri.getHost());
    }

    boolean isEncrypted() {
        return "https".equals(uri.getScheme());
    }

    /** Returns the region in an address of API Gateway. */
    Optional<String> region() {
        Matcher matcher = AWS_HOST.matcher(uri.getHost());
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    URI target(ApiCall call) {
        return URI.create(uri + call.target());
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
