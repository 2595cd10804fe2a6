package sluice.druid;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.eclipse.microprofile.rest.client.ext.ClientHeadersFactory;

/** The {@code Authorization} header of a cluster. Its value never appears in a text form of this object. */
final class Authorization {

    private final String value;

    private Authorization(String value) {
        this.value = value;
    }

    static Optional<Authorization> of(ClusterConfig config) {
        return config.bearerToken()
                .map(token -> new Authorization("Bearer " + token))
                .or(() -> config.username()
                        .map(user -> basic(user, config.password().orElse(""))));
    }

    ClientHeadersFactory headers() {
        return (incoming, outgoing) -> {
            outgoing.putSingle("Authorization", value);
            return outgoing;
        };
    }

    private static Authorization basic(String user, String password) {
        byte[] credentials = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return new Authorization("Basic " + Base64.getEncoder().encodeToString(credentials));
    }
}
