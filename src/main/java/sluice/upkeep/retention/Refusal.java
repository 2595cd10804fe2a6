package sluice.upkeep.retention;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Locale;

/**
 * Expired, unused or orphaned segments that a sweep leaves alone.
 *
 * @param message why, and what you can do about it
 * @param amount totals over the segments
 */
@RegisterForReflection
public record Refusal(Code code, String message, SegmentTotals amount) {

    /** Reasons to leave segments alone. */
    public enum Code {
        /** A run of Sluice holds the lease of the chunk. */
        LEASED,
        /** A task has locked the chunk. */
        LOCKED,
        /** Somebody holds the chunk. */
        HELD,
        /** Brokers and the metadata store do not say the same of the chunk (apache/druid #19075). */
        UNDECIDED,
        /** The chunk has no meaningful bounds (apache/druid #10508). */
        UNBOUNDED,
        /** The sweep would take a larger share of the datasource than it is allowed to. */
        MOST_SHARE,
        /** There are more kill runs, or more segments, than one sweep handles. The next sweep continues. */
        NEXT_SWEEP,
        /** Druid itself deletes unused segments. */
        AUTO_KILL,
        /** It is unknown whether Druid itself deletes unused segments. */
        AUTO_KILL_UNKNOWN,
        /** purgeAfter is too short for tasks with concurrent locks (apache/druid #18216, #15813). */
        BUFFER_TOO_SHORT,
        /** Data servers still serve the segments (apache/druid #18418). */
        STILL_SERVED,
        /** No data server serves the segments, which may be the cluster's fault. */
        NOT_LOADED,
        /** The definition still wants the rows, and no newer version that is served has replaced them. */
        WANTED,
        /** The datasource has no definition, and nobody has allowed to delete such data. */
        ORPHAN
    }

    /** @param effect what the sweep would do, such as {@code of the stored data would be purged} */
    static Refusal tooLarge(double share, String effect, double maxShare, SegmentTotals amount) {
        return new Refusal(
                Code.MOST_SHARE,
                String.format(
                        Locale.ROOT,
                        "%.0f %% %s, and a sweep may take %.0f %%: check the report, then request a sweep with a higher"
                                + " mostShare, or raise SLUICE_RETENTION_MAX_SHARE",
                        share * 100,
                        effect,
                        maxShare * 100),
                amount);
    }
}
