package sluice.ingest.run;

/** What became of a run's request for the leases on its time chunks. */
public sealed interface LeaseAnswer {

    /** The run has the leases on all its chunks. */
    record Acquired() implements LeaseAnswer {}

    /** The run has none, because another run that has not ended holds one of them. */
    record HeldBy(String runId) implements LeaseAnswer {}

    /** The run has none, because another request for one of them was under way: ask again. */
    record Contended() implements LeaseAnswer {}
}
