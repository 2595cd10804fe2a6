package sluice.upkeep.retention;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import sluice.core.contract.Finding;

/**
 * What one sweep found in one datasource of one cluster, and what it did or would do about it.
 *
 * @param id sorts by time; null where nothing is stored
 * @param why why the sweep was a dry run, or null where it acted
 * @param author who ordered the sweep, or null where the schedule did
 * @param reason why it was ordered, or null
 * @param definitionHash version of the definition in force, empty where none has the datasource
 * @param keep the definition's, or null
 * @param purgeAfter the definition's or, for a datasource without one, the environment's; or null
 * @param used what is used and not overshadowed, before the sweep
 * @param rules what the coordinator's rules do with that
 * @param wanted what the definition's rules would do with that, or null where it asks for none
 * @param found by category, only those that there are
 * @param marked what was marked unused, or would be
 * @param kills the kill runs that were planned, or would be
 * @param refusals what was left alone, and why
 * @param advice about the sizes of its segments, findings that inform
 * @param finishes id of an earlier sweep that ended in its middle, whose work this one has done, or null
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SweepReport(
        String id,
        String cluster,
        String datasource,
        Instant sweptAt,
        Mode mode,
        Phase phase,
        String why,
        String author,
        String reason,
        String definitionHash,
        String keep,
        String purgeAfter,
        Amount used,
        RuleOutcome rules,
        RuleOutcome wanted,
        List<Found> found,
        Amount marked,
        List<Kill> kills,
        List<Refusal> refusals,
        List<Finding> advice,
        String finishes) {

    public SweepReport {
        found = List.copyOf(found);
        kills = List.copyOf(kills);
        refusals = List.copyOf(refusals);
        // Reports from before there was advice have none.
        advice = advice == null ? List.of() : List.copyOf(advice);
    }

    /** Whether anything was changed. */
    public enum Mode {
        DRY_RUN,
        ACT
    }

    /** How far it came. */
    public enum Phase {
        /** It is about to act, or it ended in the middle: the next sweep finishes it. */
        ACTING,
        /** All is done. */
        DONE,
        /** It ended in the middle, and another has finished it. */
        INTERRUPTED
    }

    /**
     * A kill run.
     *
     * @param versions versions of its segments, the first 20
     * @param runId the run's id, also where it is not planned yet
     */
    @RegisterForReflection
    public record Kill(String interval, List<String> versions, int segments, long bytes, String runId) {
        private static final int MOST_VERSIONS = 20;

        public Kill {
            versions = versions.stream().limit(MOST_VERSIONS).toList();
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
                finishes);
    }
}
