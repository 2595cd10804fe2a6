package sluice.upkeep.backfill;

/** The state of a backfill. */
public enum BackfillState {
    /** It is stored. The next tick begins it. */
    PLANNED("Planned"),
    /** It begins runs and waits for them. */
    RUNNING("Running"),
    /** It begins nothing. Runs that have begun go on. */
    PAUSED("Paused"),
    /** It begins nothing, and waits for the runs whose tasks are in Druid. */
    STOPPING("Stopping"),
    /** Every time chunk is loaded, or had nothing to load. */
    DONE("Done"),
    /** Every time chunk was tried, and some failed. */
    DONE_WITH_FAILURES("DoneWithFailures"),
    /** A person ended it early. */
    STOPPED("Stopped");

    private final String label;

    BackfillState(String label) {
        this.label = label;
    }

    /** Returns the name as the API gives it. */
    public String label() {
        return label;
    }

    /** Returns true if nothing happens any more by itself. */
    public boolean isEnd() {
        return this == DONE || this == DONE_WITH_FAILURES || this == STOPPED;
    }

    /** Returns true if new runs may begin. */
    boolean mayBegin() {
        return this == PLANNED || this == RUNNING;
    }
}
