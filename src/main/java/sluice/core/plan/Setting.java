package sluice.core.plan;

/**
 * One thing that a cluster keeps for a datasource.
 *
 * @param id the supervisor's id; otherwise the datasource's name
 */
public record Setting(Kind kind, String id) {

    /** What kind of thing. */
    public enum Kind {
        SUPERVISOR,
        RULES,
        COMPACTION
    }
}
