package sluice.upkeep.clusters;

/** Where a cluster stands with a piece of work that goes through all clusters of a datasource. */
public sealed interface Standing {

    /** Why, for a person. */
    String reason();

    /** The work can begin here. */
    record Ready(String reason) implements Standing {}

    /** The work is under way, or something that has to end before it is. */
    record Busy(String reason) implements Standing {}

    /** The work is done and verified here, or there is none to do. */
    record Done(String reason) implements Standing {}

    /** The work has failed here and nobody has set it right. */
    record Failed(String reason) implements Standing {}
}
