package sluice.core.plan;

/**
 * A setting of a datasource in a cluster.
 *
 * @param id the supervisor's id; otherwise the datasource's name
 */
public record Setting(Kind kind, String id) {

    /** The kind of a setting. */
    public enum Kind {
        SUPERVISOR,
        RULES,
        COMPACTION
    }
}
