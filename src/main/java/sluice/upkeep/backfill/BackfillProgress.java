package sluice.upkeep.backfill;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A backfill in numbers of time chunks.
 *
 * @param total all of them
 * @param done those whose runs are available on every cluster
 * @param running those of windows that are under way
 * @param failed those whose last try failed
 * @param empty those that had nothing to load
 * @param skipped those that were left out, because only missing ones were wanted
 * @param rows rows that the runs stored, over all clusters
 * @param bytes size of their segments, over all clusters
 * @param at when a number last changed for the better
 * @param paceSince since when the pace is measured; null if the backfill is not under way
 * @param paceFrom number of settled chunks at that time
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BackfillProgress(
        long total,
        long done,
        long running,
        long failed,
        long empty,
        long skipped,
        long rows,
        long bytes,
        Instant at,
        @Nullable Instant paceSince,
        long paceFrom) {

    static BackfillProgress of(long total, Instant now) {
        return new BackfillProgress(total, 0, 0, 0, 0, 0, 0, 0, now, null, 0);
    }

    /** Returns the chunks that were not tried yet. */
    @JsonIgnore
    public long left() {
        return total - done - running - failed - empty - skipped;
    }

    /** Returns how long the rest takes at the pace since the backfill last began or went on; empty while there is no pace. */
    public Optional<Duration> estimate(Instant now) {
        long settled = settled() - paceFrom;
        if (paceSince == null || settled <= 0) {
            return Optional.empty();
        }
        long millis = Math.max(0, Duration.between(paceSince, now).toMillis());
        return Optional.of(Duration.ofSeconds(millis * (left() + running) / settled / 1_000));
    }

    BackfillProgress paced(Instant now) {
        return new BackfillProgress(total, done, running, failed, empty, skipped, rows, bytes, now, now, settled());
    }

    BackfillProgress skipped(int chunks, Instant now) {
        return new BackfillProgress(
                total, done, running, failed, empty, skipped + chunks, rows, bytes, now, paceSince, paceFrom);
    }

    BackfillProgress begun(int chunks) {
        return with(done, running + chunks, failed, empty, rows, bytes, at);
    }

    /** Returns the progress with a failed window under way again. */
    BackfillProgress repeated(int chunks) {
        return with(done, running + chunks, failed - chunks, empty, rows, bytes, at);
    }

    BackfillProgress settled(BackfillWindow window, Instant now) {
        return with(
                done + window.loaded(),
                running - window.chunks(),
                failed + (window.state() == BackfillWindow.State.FAILED ? window.chunks() : 0),
                empty + window.empty(),
                rows + window.rows(),
                bytes + window.bytes(),
                now);
    }

    private long settled() {
        return done + failed + empty;
    }

    private BackfillProgress with(
            long nowDone,
            long nowRunning,
            long nowFailed,
            long nowEmpty,
            long nowRows,
            long nowBytes,
            Instant changed) {
        return new BackfillProgress(
                total,
                nowDone,
                nowRunning,
                nowFailed,
                nowEmpty,
                skipped,
                nowRows,
                nowBytes,
                changed,
                paceSince,
                paceFrom);
    }
}
