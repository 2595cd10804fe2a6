package sluice.ingest.ledger;

import java.time.Instant;

/**
 * What became of one object version for one datasource of one cluster.
 *
 * @param state a {@link Outcome} or the label of the run's state
 * @param run id of the run that loads it, or null where there is none
 * @param eventAt when S3 says that the object came, or null where it was found by listing
 * @param rows rows read from it, known where it is the only object of its run; null otherwise
 * @param error the first error about it, or null
 */
public record LedgerEntry(String state, String run, Instant eventAt, Long rows, String error) {

    /** What becomes of an object that no run loads. */
    public enum Outcome {
        /** It waits for its time chunk to be quiet, or for the marker. */
        Gathering,
        /** No definition is fed from its place. */
        Unmatched,
        /** The definition that is fed from its place cannot be read. */
        DefinitionInvalid,
        /** Its key does not tell a time chunk. */
        NoTimeChunk,
        /** It has no bytes. */
        Empty,
        /** Its batch has more objects than can be planned. */
        TooMany,
        /** It was deleted before it could be planned. */
        Gone,
        /** It says that a time chunk is complete. */
        Marker
    }

    static LedgerEntry of(Outcome outcome, Instant eventAt, String error) {
        return new LedgerEntry(outcome.name(), null, eventAt, null, error);
    }
}
