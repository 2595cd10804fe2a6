package sluice.platform.druid;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.Map;

/** The Druid clusters of this environment, by the names that definitions use. */
@ConfigMapping(prefix = "sluice.clusters")
public interface ClustersConfig {

    @WithParentName
    Map<String, ClusterConfig> byName();
}
