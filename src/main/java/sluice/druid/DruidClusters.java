package sluice.druid;

import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The clusters of this environment. Clients are made on first use and kept, with their connections, between calls. */
@ApplicationScoped
public class DruidClusters {

    private final Map<String, ClusterConfig> configs;
    private final TlsConfigurationRegistry tls;
    private final Map<String, DruidCluster> clusters = new ConcurrentHashMap<>();

    DruidClusters(ClustersConfig config, TlsConfigurationRegistry tls) {
        this.configs = Map.copyOf(config.byName());
        this.tls = tls;
    }

    public Set<String> names() {
        return configs.keySet();
    }

    /** The cluster of this name, or nothing where the environment has none. */
    public Optional<DruidCluster> find(String name) {
        return configs.containsKey(name)
                ? Optional.of(clusters.computeIfAbsent(name, this::connect))
                : Optional.empty();
    }

    /** A cluster with connections and a circuit of its own. */
    DruidCluster connect(String name) {
        ClusterConfig config = configs.get(name);
        return new DruidCluster(
                name,
                config,
                client(config.overlordUrl().orElse(config.url()), config, OverlordApi.class),
                client(config.coordinatorUrl().orElse(config.url()), config, CoordinatorApi.class),
                client(config.url(), config, SqlApi.class),
                client(config.url(), config, StatusApi.class),
                client(config.coordinatorUrl().orElse(proxied(config, "coordinator")), config, StatusApi.class),
                client(config.overlordUrl().orElse(proxied(config, "overlord")), config, StatusApi.class));
    }

    /** A router with the management proxy has every path of the two services under such a prefix. */
    private static URI proxied(ClusterConfig config, String service) {
        return URI.create(config.url().toString().replaceAll("/+$", "") + "/proxy/" + service);
    }

    private <T> T client(URI url, ClusterConfig config, Class<T> api) {
        QuarkusRestClientBuilder builder = QuarkusRestClientBuilder.newBuilder()
                .baseUri(url)
                .connectTimeout(5, TimeUnit.SECONDS)
                .readTimeout(config.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .disableDefaultMapper(true);
        Authorization.of(config).ifPresent(authorization -> builder.clientHeadersFactory(authorization.headers()));
        config.tlsConfiguration()
                .ifPresent(tlsName -> builder.tlsConfiguration(tls.get(tlsName)
                        .orElseThrow(() -> new IllegalStateException("no TLS configuration is called " + tlsName))));
        return builder.build(api);
    }
}
