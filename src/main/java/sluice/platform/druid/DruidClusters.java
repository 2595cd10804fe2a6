package sluice.platform.druid;

import java.util.Optional;
import java.util.Set;

/** The clusters of this environment. */
public interface DruidClusters {

    /** Names of all clusters. */
    Set<String> names();

    /** The cluster of this name, or empty if the environment has none. */
    Optional<DruidCluster> find(String name);
}
