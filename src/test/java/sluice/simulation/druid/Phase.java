package sluice.simulation.druid;

/** Where a task is. Druid's status code is RUNNING before {@link #ENDED}. */
public enum Phase {
    /** Waits for locks. */
    WAITING,
    /** Has its locks and waits for a slot. */
    PENDING,
    /** A worker runs it. */
    RUNNING,
    /** Its status is SUCCESS or FAILED. */
    ENDED
}
