package sluice.core.definition;

/**
 * What a new version of a definition may do to the columns of its datasource, in the words that schema registries use.
 * The readers are queries, the data are segments; a column that a segment lacks reads as null.
 */
public enum Compatibility {
    /** Everything. */
    NONE,
    /** Queries made for the new version read old segments: columns may come and go, but keep their type. */
    BACKWARD,
    /** Queries made for the old version read new segments: columns may come, and stay as they are, as finely in time. */
    FORWARD,
    /** Both. */
    FULL;

    /** Whether queries of the new version have to read old segments. */
    public boolean isBackward() {
        return this == BACKWARD || this == FULL;
    }

    /** Whether queries of the old version have to read new segments. */
    public boolean isForward() {
        return this == FORWARD || this == FULL;
    }
}
