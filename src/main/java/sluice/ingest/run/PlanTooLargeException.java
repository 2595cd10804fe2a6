package sluice.ingest.run;

/** A plan does not fit into an item of the state table: the batch has too many objects. */
public class PlanTooLargeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PlanTooLargeException(String runId, int objects, int bytes) {
        super("run " + runId + ": a batch of " + objects + " objects takes " + bytes
                + " bytes to store, more than an item holds; use a finer segmentGranularity or larger files");
    }
}
