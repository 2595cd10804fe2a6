package sluice.simulation.druid;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidClusters;

/** The clusters of a simulated environment. */
public final class InMemoryDruids implements DruidClusters {

    private final Map<String, DruidCluster> clusters = new TreeMap<>();

    public InMemoryDruids(DruidCluster... all) {
        for (DruidCluster cluster : all) {
            clusters.put(cluster.name(), cluster);
        }
    }

    /** Puts a cluster into the environment. */
    public void add(DruidCluster cluster) {
        clusters.put(cluster.name(), cluster);
    }

    /** Takes a cluster out of the environment. */
    public void remove(String name) {
        clusters.remove(name);
    }

    @Override
    public Set<String> names() {
        return Set.copyOf(clusters.keySet());
    }

    @Override
    public Optional<DruidCluster> find(String name) {
        return Optional.ofNullable(clusters.get(name));
    }
}
