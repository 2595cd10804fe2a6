package sluice.platform.metric;

import org.jspecify.annotations.Nullable;

/**
 * What a value is about. CloudWatch charges each combination of dimensions as a metric of its own, so there must
 * be few of them. An environment has few clusters, and reasons are the codes of an enum. Datasources become a
 * dimension only if {@code sluice.metrics.datasources} lists them.
 *
 * @param cluster name of the cluster; null for the whole environment
 * @param datasource Druid's datasource; null if the value is not about one
 * @param reason a code that says why; null if there is none
 */
public record MetricPlace(@Nullable String cluster, @Nullable String datasource, @Nullable String reason) {

    /** The whole environment. */
    public static final MetricPlace ENVIRONMENT = new MetricPlace(null, null, null);

    /** Returns the place of a cluster. */
    public static MetricPlace cluster(String name) {
        return new MetricPlace(name, null, null);
    }

    /** Returns the place of a datasource on a cluster. */
    public static MetricPlace datasource(String cluster, String datasource) {
        return new MetricPlace(cluster, datasource, null);
    }

    /** Returns the same place with a reason. */
    public MetricPlace because(@Nullable String code) {
        return new MetricPlace(cluster, datasource, code);
    }
}
