package sluice.ingest.run;

/** Another function has written the run since it was read. Read it again and decide anew. */
public class StaleRunException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StaleRunException(String runId) {
        super("run " + runId + " was changed by another function meanwhile");
    }
}
