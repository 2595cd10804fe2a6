package sluice.upkeep.backfill;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sluice.core.batch.TimeChunk;

/**
 * The part of a backfill's interval that one run loads on each cluster.
 *
 * @param number from 1, in the order in which windows are begun
 * @param chunks number of time chunks
 * @param pass in which pass of the backfill it was begun last
 * @param runs ids of its runs, one per cluster; empty until they are requested
 * @param loaded time chunks that its runs have filled
 * @param problem why it failed; null if it did not
 * @param rows rows that its runs stored, over all clusters
 * @param bytes size of their segments
 * @param at when it came to its state
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BackfillWindow(
        int number,
        TimeChunk interval,
        int chunks,
        int pass,
        State state,
        List<String> runs,
        int loaded,
        @Nullable String problem,
        long rows,
        long bytes,
        Instant at) {

    /** The state of a window. */
    public enum State {
        /** Its runs are requested, or are about to be. */
        BEGUN("Running"),
        /** Its runs are available on every cluster. */
        DONE("Done"),
        /** There was nothing to load. */
        EMPTY("Empty"),
        /** A run failed, or could not be requested. */
        FAILED("Failed"),
        /** The backfill was stopped before its runs were. */
        STOPPED("Stopped");

        private final String label;

        State(String label) {
            this.label = label;
        }

        /** Returns the name as the API gives it. */
        public String label() {
            return label;
        }
    }

    public BackfillWindow {
        runs = List.copyOf(runs);
    }

    static BackfillWindow begun(int number, TimeChunk interval, int chunks, Instant now) {
        return new BackfillWindow(number, interval, chunks, 1, State.BEGUN, List.of(), 0, null, 0, 0, now);
    }

    /** Returns the chunks that turned out to have nothing to load. */
    @JsonIgnore
    public int empty() {
        return switch (state) {
            case EMPTY -> chunks;
            case DONE -> chunks - loaded;
            case BEGUN, FAILED, STOPPED -> 0;
        };
    }

    BackfillWindow again(int inPass, Instant now) {
        return new BackfillWindow(number, interval, chunks, inPass, State.BEGUN, List.of(), 0, null, 0, 0, now);
    }

    BackfillWindow with(List<String> requested) {
        return new BackfillWindow(number, interval, chunks, pass, state, requested, loaded, problem, rows, bytes, at);
    }

    BackfillWindow done(int filled, long storedRows, long storedBytes, Instant now) {
        return new BackfillWindow(
                number, interval, chunks, pass, State.DONE, runs, filled, null, storedRows, storedBytes, now);
    }

    BackfillWindow empty(Instant now) {
        return new BackfillWindow(number, interval, chunks, pass, State.EMPTY, runs, 0, null, 0, 0, now);
    }

    BackfillWindow failed(String why, Instant now) {
        return new BackfillWindow(number, interval, chunks, pass, State.FAILED, runs, 0, why, 0, 0, now);
    }

    BackfillWindow stopped(Instant now) {
        return new BackfillWindow(number, interval, chunks, pass, State.STOPPED, runs, 0, null, 0, 0, now);
    }
}
