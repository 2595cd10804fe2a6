package sluice.simulation;

/** Sees each call of the in-memory state table, and makes it fail by throwing. */
public interface TableObserver {

    /** Lets all calls pass. */
    TableObserver NONE = new TableObserver() {};

    /** Before the call. What is thrown here keeps the call from taking effect. */
    default void before(TableCall call) {}

    /** After the call. What is thrown here loses the answer of a call that has taken effect. */
    default void after(TableCall call) {}

    /**
     * Returns true if the answer of the call is lost and the SDK makes the call again, as it does by itself. The caller
     * gets the second answer. A transaction carries a token, so its second try changes nothing.
     */
    default boolean isRepeated(TableCall call) {
        return false;
    }
}
