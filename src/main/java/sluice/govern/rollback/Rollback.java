package sluice.govern.rollback;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One rollback of a datasource's definition.
 *
 * @param datasource Druid's datasource
 * @param number number of the {@link sluice.govern.registry.Activation} that moved the pointer back
 * @param from the version that was active
 * @param to the version that is active now
 * @param badHashes hashes of the versions whose runs are stopped
 * @param data whether the data of those runs is taken back
 * @param author the caller's identity
 * @param reason the author's words
 * @param startedAt when the pointer moved
 * @param phase the current step
 * @param stopped ids of the runs that were stopped, or whose failure caused the rollback
 * @param restored what was done with the data, one entry per cluster
 * @param reloaded ids of the runs that load by the earlier version
 * @param problems what failed, and why
 * @param endedAt when the rollback was done; null until then
 * @param version number of writes; each write is conditional on it
 * @param progress how far the data is restored; null before it begins
 * @param streams streams of the bad versions, whose rows stay; empty without {@code data}
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Rollback(
        String datasource,
        int number,
        int from,
        int to,
        List<String> badHashes,
        boolean data,
        String author,
        String reason,
        Instant startedAt,
        Phase phase,
        List<String> stopped,
        List<Restored> restored,
        List<String> reloaded,
        List<String> problems,
        @Nullable Instant endedAt,
        long version,
        @Nullable Progress progress,
        List<StreamSpan> streams) {

    /** An item of the table has a limit. */
    private static final int MOST_PROBLEMS = 200;

    public Rollback {
        badHashes = List.copyOf(badHashes);
        stopped = List.copyOf(stopped);
        restored = List.copyOf(restored);
        reloaded = List.copyOf(reloaded);
        problems = List.copyOf(problems);
        // Rollbacks of older versions do not have them.
        streams = streams == null ? List.of() : List.copyOf(streams);
    }

    /**
     * A stream that published rows by a bad version. They stay: nobody can tell them from rows that came before or after. A
     * reset of the stream to {@code since} reads the messages again.
     *
     * @param since when the bad version became active; the offsets of that time are recorded
     * @param until when the rollback began
     */
    @RegisterForReflection
    public record StreamSpan(String cluster, String supervisor, Instant since, Instant until) {}

    /** The steps. The pointer has moved before the first one. */
    public enum Phase {
        /** Runs of the bad versions are shut down until none is left. */
        STOPPING,
        /** Bad segments are marked unused, earlier ones used. */
        RESTORING,
        /** Everything is done except what {@code problems} says. */
        DONE
    }

    /**
     * How far the data is restored. Units of time chunks are restored in the order of their keys.
     *
     * @param verified key of the last unit that is done; null at the beginning
     * @param marked key of the last unit whose segments are marked; null at the beginning
     * @param at when it got there
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Progress(@Nullable String verified, @Nullable String marked, Instant at) {}

    /**
     * What was done with the data of one cluster.
     *
     * @param takenBack segments of the bad runs that were marked unused
     * @param putBack earlier segments that were marked used again
     * @param gone earlier segments that no longer exist; their time chunks are loaded again
     * @param rows rows that queries count in the restored time chunks
     */
    @RegisterForReflection
    public record Restored(String cluster, int takenBack, int putBack, int gone, long rows) {

        Restored and(Restored more) {
            return new Restored(
                    cluster, takenBack + more.takenBack, putBack + more.putBack, gone + more.gone, rows + more.rows);
        }
    }

    /** Returns a copy with a further stopped run. */
    Rollback stopped(String runId) {
        return stopped.contains(runId)
                ? this
                : with(phase, added(stopped, runId), restored, reloaded, problems, endedAt);
    }

    /** Returns a copy with a further result of a cluster. */
    Rollback restored(Restored more) {
        List<Restored> all = new ArrayList<>();
        boolean isKnown = false;
        for (Restored earlier : restored) {
            boolean same = earlier.cluster().equals(more.cluster());
            all.add(same ? earlier.and(more) : earlier);
            isKnown |= same;
        }
        return with(phase, stopped, isKnown ? all : added(restored, more), reloaded, problems, endedAt);
    }

    /** Returns true if the unit with this key is not done yet. */
    boolean isAfterCheckpoint(String key) {
        return progress == null || progress.verified() == null || key.compareTo(progress.verified()) > 0;
    }

    /** Returns true if the segments of the unit with this key are marked. */
    boolean isMarked(String key) {
        return progress != null && progress.marked() != null && key.compareTo(progress.marked()) <= 0;
    }

    /** Returns when the rollback last came further. */
    Instant progressAt() {
        return progress == null ? startedAt : progress.at();
    }

    Rollback marked(String key, Instant now) {
        return with(new Progress(progress == null ? null : progress.verified(), key, now));
    }

    Rollback verified(String key, Instant now) {
        return with(new Progress(key, key, now));
    }

    Rollback reloaded(List<String> runIds) {
        List<String> all = new ArrayList<>(reloaded);
        runIds.stream().filter(id -> !all.contains(id)).forEach(all::add);
        return with(phase, stopped, restored, all, problems, endedAt);
    }

    Rollback problem(String problem) {
        if (problems.contains(problem) || problems.size() > MOST_PROBLEMS) {
            return this;
        }
        return with(
                phase,
                stopped,
                restored,
                reloaded,
                added(problems, problems.size() == MOST_PROBLEMS ? "there are more problems, see the log" : problem),
                endedAt);
    }

    Rollback restoring(Instant now) {
        return with(Phase.RESTORING, stopped, restored, reloaded, problems, null)
                .with(new Progress(null, null, now));
    }

    Rollback done(Instant now) {
        return with(Phase.DONE, stopped, restored, reloaded, problems, now);
    }

    Rollback written() {
        return with(phase, stopped, restored, reloaded, problems, endedAt, version + 1, progress);
    }

    private Rollback with(Progress next) {
        return with(phase, stopped, restored, reloaded, problems, endedAt, version, next);
    }

    private Rollback with(
            Phase newPhase,
            List<String> newStopped,
            List<Restored> newRestored,
            List<String> newReloaded,
            List<String> newProblems,
            @Nullable Instant newEnd) {
        return with(newPhase, newStopped, newRestored, newReloaded, newProblems, newEnd, version, progress);
    }

    private Rollback with(
            Phase newPhase,
            List<String> newStopped,
            List<Restored> newRestored,
            List<String> newReloaded,
            List<String> newProblems,
            @Nullable Instant newEnd,
            long newVersion,
            @Nullable Progress newProgress) {
        return new Rollback(
                datasource,
                number,
                from,
                to,
                badHashes,
                data,
                author,
                reason,
                startedAt,
                newPhase,
                newStopped,
                newRestored,
                newReloaded,
                newProblems,
                newEnd,
                newVersion,
                newProgress,
                streams);
    }

    private static <T> List<T> added(List<T> list, T entry) {
        List<T> more = new ArrayList<>(list);
        more.add(entry);
        return more;
    }
}
