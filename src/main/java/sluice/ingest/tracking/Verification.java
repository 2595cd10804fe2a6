package sluice.ingest.tracking;

import sluice.core.batch.RunKind;
import sluice.ingest.run.Counts;
import sluice.ingest.run.Plan;
import sluice.ingest.run.Run;
import sluice.ingest.run.SegmentSnapshot;
import sluice.platform.druid.DruidCluster;

/**
 * Proves that a run of one kind has done what it was for, once its task has succeeded. There is one bean per kind; the package
 * that plans runs of a kind provides it.
 */
public interface Verification {

    /** Returns the kind of runs that this verifies. */
    RunKind kind();

    /** Returns true if segments that were not there before submission are the run's own. */
    default boolean createsSegments() {
        return true;
    }

    /**
     * Verifies once. It is called again while the outcome is {@link Outcome.NotYet}.
     *
     * @param mark segments before submission, and the run's own
     * @param counts counts of the task's report
     */
    Outcome verify(Run run, Plan plan, SegmentSnapshot mark, Counts counts, DruidCluster cluster);

    /** The result of a verification. */
    sealed interface Outcome {

        /** The run has done what it was for. */
        record Proven(Counts counts) implements Outcome {}

        /**
         * The proof is incomplete and may come later. After {@code sluice.availability.limit} the run is TimedOut.
         *
         * @param waitingFor what is missing, for a person
         */
        record NotYet(String waitingFor) implements Outcome {}

        /**
         * What is served contradicts the task's report. Brokers learn of segments one by one, so the run fails only if it still
         * does after {@code sluice.availability.patience}.
         *
         * @param message what was found and what was expected
         * @param takeBack whether to mark the run's own segments unused, so that Druid serves again what they replaced
         */
        record Wrong(String message, boolean takeBack) implements Outcome {}
    }
}
