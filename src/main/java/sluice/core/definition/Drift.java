package sluice.core.definition;

/** What happens if the columns of new files differ from the definition. */
public enum Drift {
    /** The run is refused. */
    FAIL,
    /** The run continues with a warning. */
    WARN,
    /** New columns are added in a new version of the definition; other changes as in {@link #WARN}. */
    EVOLVE,
    /** The run is refused. A version that has not loaded anything yet is rolled back to the previous one. */
    ROLLBACK
}
