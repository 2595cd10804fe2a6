package sluice.upkeep.clusters;

import java.util.List;
import java.util.function.Function;

/**
 * One cluster after the other: work on a time chunk begins on a cluster when it is done and verified on all clusters that
 * the definition names before it, so that what goes wrong goes wrong once. A failure stops it there.
 */
public final class ClusterOrder {

    private ClusterOrder() {}

    /** Whose turn it is. */
    public sealed interface Turn {

        /** The work begins on this cluster. */
        record Begin(String cluster, String reason) implements Turn {}

        /** The work waits for what happens on this cluster. */
        record Wait(String cluster, String reason) implements Turn {}

        /** The work has failed on this cluster, and does not go on to those after it. */
        record Stop(String cluster, String reason) implements Turn {}

        /** All clusters are done. */
        record Finish(String reason) implements Turn {}
    }

    /**
     * Whose turn it is; clusters after that one are not asked.
     *
     * @param clusters in the order of the definition
     * @param standing where a cluster stands now
     */
    public static Turn next(List<String> clusters, Function<String, Standing> standing) {
        String last = "there is no cluster";
        for (String cluster : clusters) {
            Standing now = standing.apply(cluster);
            if (now instanceof Standing.Ready) {
                return new Turn.Begin(cluster, now.reason());
            } else if (now instanceof Standing.Busy) {
                return new Turn.Wait(cluster, now.reason());
            } else if (now instanceof Standing.Failed) {
                return new Turn.Stop(cluster, now.reason());
            }
            last = now.reason();
        }
        return new Turn.Finish(last);
    }
}
