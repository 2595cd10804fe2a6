package sluice.ingest.tracking;

import sluice.core.batch.RunKind;
import sluice.ingest.run.Counts;
import sluice.ingest.run.Plan;
import sluice.ingest.run.Run;
import sluice.ingest.run.SegmentSnapshot;
import sluice.platform.druid.DruidCluster;

/**
 * What proves that a run of one kind has done what it was for, once its task has ended well. Every bean of this type
 * serves its kind; a package that plans runs of a kind brings the proof along.
 */
public interface Verification {

    /** The kind of run that this is about, such as {@link Run#BATCH}. */
    RunKind kind();

    /** Whether segments that were not there before are the run's own. */
    default boolean createsSegments() {
        return true;
    }

    /**
     * Looks once; what is not there yet is looked for again.
     *
     * @param mark segments from before submission, and the run's own
     * @param counts what the task reported
     */
    Outcome verify(Run run, Plan plan, SegmentSnapshot mark, Counts counts, DruidCluster cluster);

    /** What a look has shown. */
    sealed interface Outcome {

        /** It is done. */
        record Proven(Counts counts) implements Outcome {}

        /**
         * It is not done yet, and may be later; after {@code sluice.availability.limit} the run is TimedOut.
         *
         * @param waitingFor what is missing, for a person
         */
        record NotYet(String waitingFor) implements Outcome {}

        /**
         * What is there contradicts what the task has reported; if it still does after {@code
         * sluice.availability.patience}, because brokers learn of segments one by one, the run has Failed.
         *
         * @param message what was found and what was expected
         * @param takeBack whether the run's own segments are marked unused, which brings back what they replaced
         */
        record Wrong(String message, boolean takeBack) implements Outcome {}
    }
}
