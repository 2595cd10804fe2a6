package sluice.upkeep.retention;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What a sweep leaves as it is, though it is past its time.
 *
 * @param message why, and the way out
 * @param amount how much of it
 */
@RegisterForReflection
public record Refusal(Code code, String message, Amount amount) {

    /** Why. */
    public enum Code {
        /** A run of Sluice has the lease of the chunk. */
        LEASED,
        /** A task has locked the chunk. */
        LOCKED,
        /** The chunk has no bounds that are meant (apache/druid #10508). */
        UNBOUNDED,
        /** More of the datasource than one sweep may take. */
        MOST_SHARE,
        /** More kill runs, or more segments, than one sweep plans; the next goes on. */
        NEXT_SWEEP,
        /** Druid itself removes unused segments. */
        AUTO_KILL,
        /** It is not known whether Druid itself removes unused segments. */
        AUTO_KILL_UNKNOWN,
        /** purgeAfter is shorter than tasks with concurrent locks allow (apache/druid #18216, #15813). */
        BUFFER_TOO_SHORT,
        /** Data servers still have the segments (apache/druid #18418). */
        STILL_SERVED,
        /** Nobody serves the segments, and that may be the cluster's fault. */
        NOT_LOADED,
        /** No definition has the datasource, and nobody has said that such data may go. */
        ORPHAN
    }
}
