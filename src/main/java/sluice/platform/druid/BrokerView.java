package sluice.platform.druid;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Compares what brokers say of a span of time with the metadata store. From Druid 37 on, brokers poll the coordinator for used
 * segments, by default once a minute (apache/druid #19075). Until then {@code sys.segments} shows a new segment as neither
 * published nor active, so whoever decides by it decides by the past.
 */
public final class BrokerView {

    private BrokerView() {}

    /** Returns what brokers do not know yet, for people; empty if they know all used segments that overlap the intervals. */
    public static Optional<String> behindWithin(DruidCluster cluster, String datasource, List<String> intervals) {
        return behind(cluster, datasource, cluster.segmentUsage().used(datasource, intervals));
    }

    /**
     * Returns what brokers do not know yet of segments that the caller has read from the metadata store.
     *
     * @param used ids of used segments
     */
    public static Optional<String> behind(DruidCluster cluster, String datasource, Collection<String> used) {
        if (used.isEmpty()) {
            return Optional.empty();
        }
        Set<String> unknown = new TreeSet<>(used);
        unknown.removeAll(cluster.servedSegments().published(datasource, used));
        return unknown.isEmpty()
                ? Optional.empty()
                : Optional.of("brokers do not know " + unknown.size() + " of " + used.size()
                        + " used segments yet, the first is "
                        + unknown.iterator().next());
    }
}
