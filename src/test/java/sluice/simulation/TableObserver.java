package sluice.simulation;

/** Sees each call of the in-memory state table, and makes it fail by throwing. */
public interface TableObserver extends Calls<TableCall> {

    /** Lets all calls pass. */
    TableObserver NONE = new TableObserver() {};

    /**
     * Returns true if the answer of the call is lost and the SDK makes the call again, as it does by itself. The caller
     * gets the second answer. A transaction carries a token, so its second try changes nothing.
     */
    default boolean isRepeated(TableCall call) {
        return false;
    }
}
