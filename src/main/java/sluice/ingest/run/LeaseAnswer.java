package sluice.ingest.run;

/** The answer to a run's request for the leases on its time chunks. */
public sealed interface LeaseAnswer {

    /** The run holds the leases on all its chunks. */
    record Acquired() implements LeaseAnswer {}

    /** The run has no lease. Another run, which has not ended, holds one of them. */
    record HeldBy(String runId) implements LeaseAnswer {}

    /** The run has no lease. Another request for one of them was in progress: ask again. */
    record Contended() implements LeaseAnswer {}
}
