package sluice.platform.druid;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.eclipse.microprofile.rest.client.ext.ClientHeadersFactory;

/** The {@code Authorization} header of a cluster. {@code toString} does not show its value. */
final class ClusterAuthorization {

    private final String value;

    private ClusterAuthorization(String value) {
        this.value = value;
    }

    static Optional<ClusterAuthorization> of(ClusterConfig config) {
        return config.bearerToken()
                .map(token -> new ClusterAuthorization("Bearer " + token))
                .or(() -> config.username()
                        .map(user -> basic(user, config.password().orElse(""))));
    }

    ClientHeadersFactory headers() {
        return (incoming, outgoing) -> {
            outgoing.putSingle("Authorization", value);
            return outgoing;
        };
    }

    private static ClusterAuthorization basic(String user, String password) {
        byte[] credentials = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return new ClusterAuthorization("Basic " + Base64.getEncoder().encodeToString(credentials));
    }
}
