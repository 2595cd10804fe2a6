package sluice.govern.plan;

import java.util.List;
import sluice.core.contract.Finding;
import sluice.core.definition.Definition;
import sluice.platform.druid.DruidCluster;

/** Gives advice about a definition from what its datasource looks like on a cluster. It informs a plan only. */
public interface PlanAdvisor {

    /**
     * Returns findings of severity info or warning, none if the datasource has no segments.
     *
     * @throws sluice.platform.druid.DruidException if the cluster does not answer
     */
    List<Finding> advice(Definition definition, DruidCluster cluster);
}
