package sluice.platform.druid;

import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

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
        return new DruidCluster(name, config, new ClusterApis(config, tls));
    }
}
