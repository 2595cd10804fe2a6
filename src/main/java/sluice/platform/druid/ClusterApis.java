package sluice.platform.druid;

import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.tls.TlsConfigurationRegistry;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The clients of one cluster's services. Each is created on first use and kept with its connections: a function uses one or
 * two of them, and each adds a millisecond to a cold start. Another certificate makes other clients.
 */
final class ClusterApis {

    private final ClusterConfig config;
    private final ClusterCredentials credentials;
    private final TlsConfigurationRegistry tls;
    private final Map<Key, Object> clients = new ConcurrentHashMap<>();

    private record Key(URI url, Class<?> api, @Nullable PemTls tls) {}

    ClusterApis(ClusterConfig config, ClusterCredentials credentials, TlsConfigurationRegistry tls) {
        this.config = config;
        this.credentials = credentials;
        this.tls = tls;
    }

    OverlordApi overlord() {
        return client(config.overlordUrl().orElse(config.url()), OverlordApi.class);
    }

    CoordinatorApi coordinator() {
        return client(config.coordinatorUrl().orElse(config.url()), CoordinatorApi.class);
    }

    SqlApi sql() {
        return client(config.url(), SqlApi.class);
    }

    /** The status of the service at the cluster's address. */
    StatusApi status() {
        return client(config.url(), StatusApi.class);
    }

    StatusApi coordinatorStatus() {
        return client(config.coordinatorUrl().orElseGet(() -> proxied("coordinator")), StatusApi.class);
    }

    StatusApi overlordStatus() {
        return client(config.overlordUrl().orElseGet(() -> proxied("overlord")), StatusApi.class);
    }

    /**
     * Reads the cluster's credentials again after it refused them. Clients that are asked for afterwards use the new ones.
     *
     * @return false if there are no others
     */
    boolean areCredentialsRenewed() {
        return credentials.isRenewed();
    }

    boolean hasClientCertificate() {
        PemTls last = credentials.last().tls();
        return last != null && last.clientCertificate() != null;
    }

    /** A router with the management proxy serves the paths of both services under this prefix. */
    private URI proxied(String service) {
        return URI.create(config.url().toString().replaceAll("/+$", "") + "/proxy/" + service);
    }

    private <T> T client(URI url, Class<T> api) {
        Login login = credentials.current();
        Key key = new Key(url, api, login.tls());
        Object known = clients.get(key);
        if (known == null) {
            // Not closed, because another thread may be in a call. Their idle connections close by themselves.
            clients.keySet().removeIf(other -> !Objects.equals(other.tls(), login.tls()));
            known = clients.computeIfAbsent(key, any -> make(url, api, login));
        }
        return api.cast(known);
    }

    private <T> T make(URI url, Class<T> api, Login login) {
        QuarkusRestClientBuilder builder = QuarkusRestClientBuilder.newBuilder()
                .baseUri(url)
                .connectTimeout(5, TimeUnit.SECONDS)
                // The limit of each call is that of its connection. This one only has to be no shorter.
                .readTimeout(
                        Math.max(
                                config.timeout().toMillis(),
                                config.inventoryTimeout().toMillis()),
                        TimeUnit.MILLISECONDS)
                .disableDefaultMapper(true);
        if (login.authorization() != null || config.secret().isPresent()) {
            builder.clientHeadersFactory((incoming, outgoing) -> {
                String authorization = credentials.last().authorization();
                if (authorization != null) {
                    outgoing.putSingle("Authorization", authorization);
                }
                return outgoing;
            });
        }
        if (login.tls() != null) {
            builder.tlsConfiguration(login.tls());
        }
        config.tlsConfiguration()
                .ifPresent(tlsName -> builder.tlsConfiguration(tls.get(tlsName)
                        .orElseThrow(
                                () -> new IllegalStateException("There is no TLS configuration '" + tlsName + "'"))));
        return builder.build(api);
    }
}
