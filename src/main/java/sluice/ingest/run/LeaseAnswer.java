package sluice.ingest.run;

/** The answer to a run's request for the leases on its time chunks. */
public sealed interface LeaseAnswer {

    /** Begins the name of a holder that is no run. */
    String OPERATION = "operation: ";

    /** Returns true if the holder of a lease is no run. */
    static boolean isOperation(String holder) {
        return holder.startsWith(OPERATION);
    }

    /** Returns the holder of a lease in words. */
    static String named(String holder) {
        return isOperation(holder) ? holder.substring(OPERATION.length()) : "run " + holder;
    }

    /** The run holds the leases on all its chunks. It is as it is stored now. */
    record Acquired(Run run) implements LeaseAnswer {}

    /** The run has no lease. Another run, or an operation, holds one of them and has not ended. */
    record HeldBy(String runId) implements LeaseAnswer {}

    /** The run has no lease. Another request for one of them was in progress: ask again. */
    record Contended() implements LeaseAnswer {}
}
