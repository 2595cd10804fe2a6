package sluice.core.definition;

/** What happens when the columns of new files are not what they were. */
public enum Drift {
    /** The run is refused. */
    FAIL,
    /** The run goes on, and says so. */
    WARN,
    /** New columns are added, as a new version of the definition; the rest is as with {@link #WARN}. */
    EVOLVE,
    /** The run is refused, and a version that has not loaded anything yet gives way to the one before. */
    ROLLBACK
}
