package sluice.upkeep.retention;

import sluice.platform.druid.DruidCluster;

/** One datasource of one cluster, and how its sweeps stand. */
record SweepCandidate(DruidCluster cluster, String datasource, SweepState state) {}
