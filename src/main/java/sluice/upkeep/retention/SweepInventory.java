package sluice.upkeep.retention;

import java.util.Map;
import java.util.Set;

/**
 * The datasources of all clusters when an invocation began.
 *
 * @param clusters names of the environment's clusters
 * @param datasources datasources with used or unused segments, by cluster; clusters that gave no answer are left out
 */
record SweepInventory(Set<String> clusters, Map<String, Set<String>> datasources) {

    SweepInventory {
        clusters = Set.copyOf(clusters);
        datasources = Map.copyOf(datasources);
    }

    /** Returns true if the environment has no such cluster, or the cluster has no segment of the datasource. */
    boolean lacks(String cluster, String datasource) {
        return !clusters.contains(cluster)
                || (datasources.containsKey(cluster)
                        && !datasources.get(cluster).contains(datasource));
    }
}
