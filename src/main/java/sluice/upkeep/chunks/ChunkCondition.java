package sluice.upkeep.chunks;

/** The state of a time chunk, for whoever owns its data. */
public enum ChunkCondition {
    /** Neither Sluice nor Druid has anything for it. */
    MISSING("Missing"),
    /** Files wait for a run. */
    GATHERING("Gathering"),
    /** A run loads it. */
    LOADING("Loading"),
    /** Druid serves segments of it. */
    AVAILABLE("Available"),
    /** Its newest run has failed, or was refused or cancelled. It may hold rows of earlier runs. */
    FAILED("Failed"),
    /** What its newest run had loaded was taken back. */
    ROLLED_BACK("RolledBack"),
    /** Druid holds nothing of it, and it is older than the retention keeps. */
    EXPIRED("Expired"),
    /** The cluster does not answer, and the state table knows nothing of the chunk. */
    UNKNOWN("Unknown");

    private final String label;

    ChunkCondition(String label) {
        this.label = label;
    }

    /** Returns the name as the API gives it. */
    public String label() {
        return label;
    }
}
