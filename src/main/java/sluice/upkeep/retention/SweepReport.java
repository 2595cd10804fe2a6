package sluice.upkeep.retention;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sluice.core.contract.Finding;

/**
 * What one sweep found in one datasource of one cluster, and what it did about it. A dry run reports what it would do.
 *
 * @param id sorts by time; null for a plan, which is not stored
 * @param why why the sweep was a dry run; null if it acted
 * @param author who requested the sweep; null if it was scheduled
 * @param reason why it was requested; null if it was scheduled
 * @param definitionHash version of the active definition, empty for an orphan
 * @param keep the definition's {@code keep}; null if it has none
 * @param purgeAfter the definition's {@code purgeAfter}, or for an orphan the setting; null if there is none
 * @param used used segments that are not overshadowed, before the sweep
 * @param rules what the coordinator's rules do with those
 * @param wanted what the definition's rules would do with those; null if it has none
 * @param found the segments that a sweep deals with, by category; categories without segments are left out
 * @param marked segments that were marked unused
 * @param kills kill runs that were planned
 * @param refusals what the sweep left alone, and why
 * @param advice findings about the sizes of the segments; they only inform
 * @param failure why the sweep failed, and when the last good one was; null if it did not fail
 * @param finishes id of an interrupted sweep whose work this one has finished; null if there was none
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SweepReport(
        @Nullable String id,
        String cluster,
        String datasource,
        Instant sweptAt,
        Mode mode,
        Phase phase,
        @Nullable String why,
        @Nullable String author,
        @Nullable String reason,
        String definitionHash,
        @Nullable String keep,
        @Nullable String purgeAfter,
        SegmentTotals used,
        RuleOutcome rules,
        @Nullable RuleOutcome wanted,
        List<CategoryTotals> found,
        SegmentTotals marked,
        List<Kill> kills,
        List<Refusal> refusals,
        List<Finding> advice,
        @Nullable String failure,
        @Nullable String finishes) {

    public SweepReport {
        found = List.copyOf(found);
        kills = List.copyOf(kills);
        refusals = List.copyOf(refusals);
        // Reports of older versions have no advice.
        advice = advice == null ? List.of() : List.copyOf(advice);
    }

    /** Whether the sweep changed anything. */
    public enum Mode {
        DRY_RUN,
        ACT
    }

    /** Progress of the sweep. */
    public enum Phase {
        /** It is about to act, or it was interrupted and the next sweep finishes it. */
        ACTING,
        /** It has done everything. */
        DONE,
        /** It was interrupted, and another sweep has finished its work. */
        INTERRUPTED
    }

    /**
     * A kill run.
     *
     * @param versions versions of its segments, the first {@value #MAX_VERSIONS}
     * @param runId id that the run has once it is planned
     */
    @RegisterForReflection
    public record Kill(String interval, List<String> versions, int segments, long bytes, String runId) {
        private static final int MAX_VERSIONS = 20;

        public Kill {
            versions = versions.stream().limit(MAX_VERSIONS).toList();
        }
    }

    SweepReport in(Phase next) {
        return new SweepReport(
                id,
                cluster,
                datasource,
                sweptAt,
                mode,
                next,
                why,
                author,
                reason,
                definitionHash,
                keep,
                purgeAfter,
                used,
                rules,
                wanted,
                found,
                marked,
                kills,
                refusals,
                advice,
                failure,
                finishes);
    }

    /** Returns the report of a sweep that failed. It found nothing, and the next sweep decides anew. */
    static SweepReport failed(String id, SweepTarget target, Instant at, String failure) {
        RetentionPolicy policy = target.policy();
        return new SweepReport(
                id,
                target.cluster().name(),
                target.datasource(),
                at,
                Mode.DRY_RUN,
                Phase.DONE,
                "the sweep failed",
                null,
                null,
                policy.definitionHash(),
                RetentionPolicy.text(policy.keep()),
                RetentionPolicy.text(policy.purgeAfter()),
                SegmentTotals.NONE,
                new RuleOutcome(List.of(), SegmentTotals.NONE, List.of(), SegmentTotals.NONE, List.of()),
                null,
                List.of(),
                SegmentTotals.NONE,
                List.of(),
                List.of(),
                List.of(),
                failure,
                null);
    }
}
