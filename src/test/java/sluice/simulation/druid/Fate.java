package sluice.simulation.druid;

/** What happens to a task once it runs. */
public enum Fate {
    /** It does its work and reports it. */
    SUCCEEDS,
    /** It ends with an error before it publishes anything. */
    FAILS,
    /** It runs until it is shut down. */
    HANGS,
    /** Its worker disappears before it publishes; there is no report. */
    WORKER_DIES_BEFORE_PUBLISHING,
    /** Its worker disappears after it has published and before it reports: Druid says FAILED, and the segments are there. */
    WORKER_DIES_AFTER_PUBLISHING,
    /** Overlord and worker restart in a multi-phase task: every row is there twice, and report and segments agree. */
    ROWS_DOUBLED,
    /**
     * A concurrent replace writes under the version of an append lock: it says SUCCESS, and newer segments hide its own
     * (apache/druid #18099).
     */
    PUBLISHES_UNDER_EPOCH
}
