package sluice.govern.settings;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sluice.platform.druid.DruidCluster;

/** Decides whether load and drop rules may be posted. Retention implements it; reconciliation asks it. */
public interface RuleSafeguard {

    /**
     * What rules do at once.
     *
     * @param refusal why they must not be posted; null if they may
     * @param note what they take away although they may be posted; null if nothing
     */
    record Effect(@Nullable String refusal, @Nullable String note) {}

    /**
     * Returns what a datasource's own rules do, together with the cluster's rules, which come after them.
     *
     * @param rules the rules in the form of Druid's API, in their order; empty if only the cluster's are to apply
     * @throws sluice.platform.druid.DruidException if the cluster does not answer
     */
    Effect effect(DruidCluster cluster, String datasource, List<JsonNode> rules);
}
