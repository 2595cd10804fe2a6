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
        long version) {

    public Rollback {
        badHashes = List.copyOf(badHashes);
        stopped = List.copyOf(stopped);
        restored = List.copyOf(restored);
        reloaded = List.copyOf(reloaded);
        problems = List.copyOf(problems);
    }

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
     * What was done with the data of one cluster.
     *
     * @param takenBack segments of the bad runs that were marked unused
     * @param putBack earlier segments that were marked used again
     * @param gone earlier segments that no longer exist; their time chunks are loaded again
     */
    @RegisterForReflection
    public record Restored(String cluster, int takenBack, int putBack, int gone) {}

    /** Returns a copy with a further stopped run. */
    Rollback stopped(String runId) {
        return stopped.contains(runId)
                ? this
                : with(phase, added(stopped, runId), restored, reloaded, problems, endedAt);
    }

    /** Returns a copy with the result of a cluster. If a step is repeated, its first result is kept. */
    Rollback restored(Restored inCluster) {
        return restored.stream().anyMatch(earlier -> earlier.cluster().equals(inCluster.cluster()))
                ? this
                : with(phase, stopped, added(restored, inCluster), reloaded, problems, endedAt);
    }

    Rollback reloaded(List<String> runIds) {
        List<String> all = new ArrayList<>(reloaded);
        runIds.stream().filter(id -> !all.contains(id)).forEach(all::add);
        return with(phase, stopped, restored, all, problems, endedAt);
    }

    Rollback problem(String problem) {
        return problems.contains(problem)
                ? this
                : with(phase, stopped, restored, reloaded, added(problems, problem), endedAt);
    }

    Rollback restoring() {
        return with(Phase.RESTORING, stopped, restored, reloaded, problems, null);
    }

    Rollback done(Instant now) {
        return with(Phase.DONE, stopped, restored, reloaded, problems, now);
    }

    Rollback written() {
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
                phase,
                stopped,
                restored,
                reloaded,
                problems,
                endedAt,
                version + 1);
    }

    private Rollback with(
            Phase newPhase,
            List<String> newStopped,
            List<Restored> newRestored,
            List<String> newReloaded,
            List<String> newProblems,
            @Nullable Instant newEnd) {
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
                version);
    }

    private static <T> List<T> added(List<T> list, T entry) {
        List<T> more = new ArrayList<>(list);
        more.add(entry);
        return more;
    }
}
