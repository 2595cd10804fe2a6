package sluice.upkeep.clusters;

/** Status of one cluster in work that goes through all clusters of a datasource. */
public sealed interface ClusterStatus {

    /** Why, for people. */
    String reason();

    /** The work can begin on this cluster. */
    record Ready(String reason) implements ClusterStatus {}

    /** The work is under way, or something else has to end first. */
    record Busy(String reason) implements ClusterStatus {}

    /** The work is done and verified on this cluster, or there is none. */
    record Done(String reason) implements ClusterStatus {}

    /** The work has failed on this cluster. */
    record Failed(String reason) implements ClusterStatus {}
}
