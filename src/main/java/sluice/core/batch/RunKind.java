package sluice.core.batch;

import com.fasterxml.jackson.annotation.JsonValue;

/** What the task of a run does. */
public enum RunKind {
    /** It loads files. */
    BATCH("batch"),
    /** It rewrites the segments of its chunks, with the same rows. */
    COMPACT("compact"),
    /** It removes unused segments for good. */
    KILL("kill");

    private final String label;

    RunKind(String label) {
        this.label = label;
    }

    /** The kind as it is stored and shown. */
    @JsonValue
    public String label() {
        return label;
    }
}
