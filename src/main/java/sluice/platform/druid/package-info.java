/**
 * Druid's services. {@link sluice.platform.druid.DruidCluster} and the interfaces that it returns are the seam: they use the
 * domain's vocabulary, so that tests can replace them with a Druid in memory. The implementations call Druid's HTTP APIs,
 * own the fault tolerance and turn every failure into one exception with a code. Only this package knows how Druid really
 * answers, which is not always what its documentation says.
 */
@NullMarked
package sluice.platform.druid;

import org.jspecify.annotations.NullMarked;
