package sluice.platform.druid;

import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The clusters of this environment, over Druid's HTTP APIs. Clients are created on first use and kept between calls. */
@ApplicationScoped
class RestDruidClusters implements DruidClusters {

    private final Map<String, ClusterConfig> configs;
    private final TlsConfigurationRegistry tls;
    private final ClusterBreaker breaker;
    private final InvocationTime time;
    private final Map<String, DruidCluster> clusters = new ConcurrentHashMap<>();

    RestDruidClusters(
            ClustersConfig config, TlsConfigurationRegistry tls, ClusterBreaker breaker, InvocationTime time) {
        this.configs = Map.copyOf(config.byName());
        this.tls = tls;
        this.breaker = breaker;
        this.time = time;
    }

    @Override
    public Set<String> names() {
        return configs.keySet();
    }

    @Override
    public Optional<DruidCluster> find(String name) {
        return configs.containsKey(name)
                ? Optional.of(clusters.computeIfAbsent(name, this::connect))
                : Optional.empty();
    }

    ClusterConfig config(String name) {
        return Objects.requireNonNull(configs.get(name), name);
    }

    /** A cluster with connections of its own. */
    RestDruidCluster connect(String name) {
        ClusterConfig config = config(name);
        return new RestDruidCluster(name, config, new ClusterApis(config, tls), breaker, time);
    }
}
