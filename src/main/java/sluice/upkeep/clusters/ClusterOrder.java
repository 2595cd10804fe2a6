package sluice.upkeep.clusters;

import java.util.List;
import java.util.function.Function;

/**
 * Orders work on a time chunk: it begins on a cluster once it is done and verified on all clusters that the definition names
 * before it. A failure stops the work, so a fault hits one cluster only.
 */
public final class ClusterOrder {

    private ClusterOrder() {}

    /** What to do next. */
    public sealed interface NextStep {

        /** Begin the work on this cluster. */
        record Begin(String cluster, String reason) implements NextStep {}

        /** Wait for this cluster. */
        record Wait(String cluster, String reason) implements NextStep {}

        /** Stop: the work has failed on this cluster. */
        record Stop(String cluster, String reason) implements NextStep {}

        /** Finish: all clusters are done. */
        record Finish(String reason) implements NextStep {}
    }

    /**
     * Returns the next step. Clusters after the one that decides are not asked.
     *
     * @param clusters in the order of the definition
     * @param status returns a cluster's status
     */
    public static NextStep next(List<String> clusters, Function<String, ClusterStatus> status) {
        String last = "there is no cluster";
        for (String cluster : clusters) {
            ClusterStatus now = status.apply(cluster);
            if (now instanceof ClusterStatus.Ready) {
                return new NextStep.Begin(cluster, now.reason());
            } else if (now instanceof ClusterStatus.Busy) {
                return new NextStep.Wait(cluster, now.reason());
            } else if (now instanceof ClusterStatus.Failed) {
                return new NextStep.Stop(cluster, now.reason());
            }
            last = now.reason();
        }
        return new NextStep.Finish(last);
    }
}
