package sluice.upkeep.retention;

import sluice.platform.druid.DruidCluster;

/** One datasource of one cluster that is due for a sweep. */
record SweepCandidate(DruidCluster cluster, String datasource, SweepState state) {}
