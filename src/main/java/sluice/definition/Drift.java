package sluice.definition;

/** What happens when the columns of new files are not those of the definition. */
public enum Drift {
    FAIL,
    WARN,
    /** New columns are added, as a new version of the definition. */
    EVOLVE
}
