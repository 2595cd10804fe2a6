package sluice.core.definition;

/**
 * Which column changes a new version of a definition may make, in the terms of schema registries. The readers are
 * queries, the data are segments; a column that a segment lacks reads as null.
 */
public enum Compatibility {
    /** Any change. */
    NONE,
    /** Queries for the new version can read old segments: columns may be added or removed, but keep their type. */
    BACKWARD,
    /**
     * Queries for the old version can read new segments: columns may be added; none may change or get coarser in time.
     */
    FORWARD,
    /** Both. */
    FULL;

    /** Returns true if queries for the new version must be able to read old segments. */
    public boolean isBackward() {
        return this == BACKWARD || this == FULL;
    }

    /** Returns true if queries for the old version must be able to read new segments. */
    public boolean isForward() {
        return this == FORWARD || this == FULL;
    }
}
