package sluice.platform.druid;

import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.tls.TlsConfigurationRegistry;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The clients of one cluster's services. Each is created on first use and kept with its connections: a function uses one or
 * two of them, and each adds a millisecond to a cold start.
 */
final class ClusterApis {

    private final ClusterConfig config;
    private final TlsConfigurationRegistry tls;
    private final Map<URI, Map<Class<?>, Object>> clients = new ConcurrentHashMap<>();

    ClusterApis(ClusterConfig config, TlsConfigurationRegistry tls) {
        this.config = config;
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

    /** A router with the management proxy serves the paths of both services under this prefix. */
    private URI proxied(String service) {
        return URI.create(config.url().toString().replaceAll("/+$", "") + "/proxy/" + service);
    }

    private <T> T client(URI url, Class<T> api) {
        return api.cast(clients.computeIfAbsent(url, any -> new ConcurrentHashMap<>())
                .computeIfAbsent(api, any -> make(url, api)));
    }

    private <T> T make(URI url, Class<T> api) {
        QuarkusRestClientBuilder builder = QuarkusRestClientBuilder.newBuilder()
                .baseUri(url)
                .connectTimeout(5, TimeUnit.SECONDS)
                .readTimeout(config.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .disableDefaultMapper(true);
        ClusterAuthorization.of(config)
                .ifPresent(authorization -> builder.clientHeadersFactory(authorization.headers()));
        config.tlsConfiguration()
                .ifPresent(tlsName -> builder.tlsConfiguration(tls.get(tlsName)
                        .orElseThrow(
                                () -> new IllegalStateException("There is no TLS configuration '" + tlsName + "'"))));
        return builder.build(api);
    }
}
