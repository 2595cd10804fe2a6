package sluice.simulation.world;

/** What people, other writers and the environment may do in a history, beside files that arrive. */
enum Happening {
    /** An object is written again. */
    OVERWRITES,
    /** Another file arrives, and is planned, at the moment at which a task is posted. */
    SUCCESSORS,
    CANCELS,
    ORDERS,
    /** Other tasks write to the datasource. */
    OTHER_WRITERS,
    /** The environment loses its cluster for a while. */
    ABSENCES,
    /** Another overlord becomes the leader. */
    ELECTIONS,
    /** A person applies a second version, and rolls it back with its data. */
    ROLLBACKS,
    /** The coordinator marks unused what newer versions hide. */
    DROPS
}
