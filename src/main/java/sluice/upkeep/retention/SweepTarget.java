package sluice.upkeep.retention;

import java.util.Optional;
import sluice.core.definition.Definition;
import sluice.platform.druid.DruidCluster;

/**
 * One datasource of one cluster, with its policy.
 *
 * @param definition the definition that names the datasource and this cluster; empty for an orphan
 */
record SweepTarget(DruidCluster cluster, String datasource, Optional<Definition> definition, RetentionPolicy policy) {}
