package sluice.simulation.world;

/** What happens at a moment of a call to the outside. */
enum Fault {
    /** The call goes on. */
    NONE,
    /** The process dies. */
    KILL,
    /** The caller gets an error: before the call it had no effect, after the call only its answer is lost. */
    ERROR
}
