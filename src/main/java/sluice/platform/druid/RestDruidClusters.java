package sluice.platform.druid;

import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import sluice.platform.secrets.DefinitionSecrets;
import sluice.platform.secrets.SecretMask;
import sluice.platform.secrets.SecretStore;

/** The clusters of this environment, over Druid's HTTP APIs. Clients are created on first use and kept between calls. */
@ApplicationScoped
class RestDruidClusters implements DruidClusters {

    private final Map<String, ClusterConfig> configs;
    private final Map<String, ClusterCredentials> credentials;
    private final DefinitionSecrets definitionSecrets;
    private final TlsConfigurationRegistry tls;
    private final ClusterBreaker breaker;
    private final InvocationTime time;
    private final Map<String, ClusterContracts> contracts;
    private final Map<String, DruidCluster> clusters = new ConcurrentHashMap<>();

    /** @throws IllegalArgumentException if the settings of a cluster's credentials or extensions are malformed */
    RestDruidClusters(
            ClustersConfig config,
            TlsConfigurationRegistry tls,
            SecretStore secrets,
            SecretMask mask,
            DefinitionSecrets definitionSecrets,
            ClusterBreaker breaker,
            InvocationTime time) {
        this.configs = Map.copyOf(config.byName());
        this.tls = tls;
        this.breaker = breaker;
        this.time = time;
        this.definitionSecrets = definitionSecrets;
        Map<String, ClusterCredentials> all = new HashMap<>();
        configs.forEach((name, cluster) -> all.put(name, new ClusterCredentials(name, cluster, secrets, mask)));
        this.credentials = Map.copyOf(all);
        Map<String, ClusterContracts> declared = new HashMap<>();
        configs.forEach((name, cluster) -> declared.put(
                name,
                new ClusterContracts(
                        ClusterCredentials.setting(name, "DRUID_EXTENSIONS"),
                        cluster.druidExtensions().orElse(""))));
        this.contracts = Map.copyOf(declared);
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
        ClusterCredentials known = Objects.requireNonNull(credentials.get(name), name);
        return new RestDruidCluster(
                name,
                config,
                new ClusterApis(config, known, tls),
                breaker,
                time,
                new DruidTexts(name, definitionSecrets),
                Objects.requireNonNull(contracts.get(name), name));
    }
}
