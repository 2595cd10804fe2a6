/**
 * Druid as Sluice sees it. {@link sluice.platform.druid.DruidCluster} and the interfaces that it hands out are the seam:
 * they speak the words of the domain, so that tests can put a Druid in memory behind them. The implementations call
 * Druid's HTTP APIs, hold the fault tolerance and turn every failure into one exception with a code. How Druid really
 * answers, which is not always what its documentation says, is known here and nowhere else.
 */
package sluice.platform.druid;
