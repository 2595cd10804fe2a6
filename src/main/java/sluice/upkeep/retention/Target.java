package sluice.upkeep.retention;

import java.util.Optional;
import sluice.core.definition.Definition;
import sluice.platform.druid.DruidCluster;

/**
 * One datasource of one cluster, and what a sweep may do with it.
 *
 * @param definition the one that has the datasource in this cluster, if one does
 */
record Target(DruidCluster cluster, String datasource, Optional<Definition> definition, Policy policy) {}
