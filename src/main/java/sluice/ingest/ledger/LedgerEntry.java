package sluice.ingest.ledger;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one object version for one datasource of one cluster.
 *
 * @param state an {@link Outcome}, or the label of the run's state
 * @param run id of the run that loads it; null if there is none
 * @param eventAt event time of the S3 notification; null if a listing found the object
 * @param rows rows read from it; null unless it is the only object of its run
 * @param error the first error about it; null if there is none
 * @param end how the run ended for this object; null while the run lives, and in entries of versions before this one
 */
public record LedgerEntry(
        String state,
        @Nullable String run,
        @Nullable Instant eventAt,
        @Nullable Long rows,
        @Nullable String error,
        @Nullable End end) {

    /** The outcome of an object that no run loads. */
    public enum Outcome {
        /** It waits until its time chunk is quiet, or for the marker. */
        Gathering,
        /** No definition reads from its place. */
        Unmatched,
        /** The definition that reads from its place is invalid. */
        DefinitionInvalid,
        /** Its key names no time chunk. */
        NoTimeChunk,
        /** It has no bytes. */
        Empty,
        /** It was deleted before it could be planned. */
        Gone,
        /** It has waited too long for a definition or a cluster that the environment does not have. */
        GivenUp,
        /** It is in an archive class of S3. */
        Archived,
        /** It is a marker: its time chunk is complete. */
        Marker
    }

    /**
     * How a run ended for one of its objects. It outlives the run, which the state table forgets after a while.
     *
     * @param loaded true if the object's rows are served, or may be
     * @param at when the run ended
     * @param heldUnder hash of the definition under which the object failed, so that the next append leaves it out; null if the
     *     object was loaded, or if the failure was not about it
     */
    public record End(boolean loaded, Instant at, @Nullable String heldUnder) {
        public End {
            Objects.requireNonNull(at, "at");
        }
    }

    public LedgerEntry {
        Objects.requireNonNull(state, "state");
    }

    static LedgerEntry of(Outcome outcome, @Nullable Instant eventAt, @Nullable String error) {
        return new LedgerEntry(outcome.name(), null, eventAt, null, error, null);
    }
}
