package sluice.govern.settings;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import sluice.platform.druid.DruidCluster;

/** Decides whether load and drop rules may be posted. Retention implements it; reconciliation asks it. */
public interface RuleSafeguard {

    /**
     * Returns why these rules must not be posted, or empty if they may.
     *
     * @param rules the rules in the form of Druid's API, in their order
     * @throws sluice.platform.druid.DruidException if the cluster does not answer
     */
    Optional<String> refusal(DruidCluster cluster, String datasource, List<JsonNode> rules);
}
