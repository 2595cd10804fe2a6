package sluice.govern.streams;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a person on a stream.
 *
 * @param number counts the operations on the supervisor, from 1
 * @param target where a reset goes; null for other operations
 * @param suspendedBefore whether the supervisor was suspended when the operation began; it then stays so after a reset
 * @param before how far the stream was published before the operation; null until that is known, or if it does not matter
 * @param quietSince when its tasks had ended; null until then
 * @param tasks ids of tasks that are waited for
 * @param waiting what the operation waits for; null if it goes on
 * @param problem why it failed; null if it did not
 * @param version number of writes
 * @param askedAt when Druid was last asked for the change of this step; null if it was not
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StreamOperation(
        String datasource,
        String cluster,
        String supervisor,
        int number,
        Action action,
        @Nullable Target target,
        String reason,
        String author,
        Instant requestedAt,
        Phase phase,
        boolean suspendedBefore,
        @Nullable OffsetSnapshot before,
        @Nullable Instant quietSince,
        List<String> tasks,
        @Nullable String waiting,
        @Nullable String problem,
        @Nullable Instant endedAt,
        long version,
        @Nullable Instant askedAt) {

    public StreamOperation {
        tasks = tasks == null ? List.of() : List.copyOf(tasks);
    }

    /** What a person can do with a stream. */
    public enum Action {
        /** Stop reading; what was read is published. */
        SUSPEND,
        /** Read on. */
        RESUME,
        /** Publish now what was read, and read on. */
        HANDOFF,
        /** Go on at other offsets, or with another topic. */
        RESET,
        /** Stop reading for good; Druid keeps the offsets. */
        TERMINATE
    }

    /** Steps and results. */
    public enum Phase {
        /** The supervisor is suspended, and its tasks publish. */
        STOPPING,
        /** The offsets are changed, or the supervisor is terminated. */
        MOVING,
        /** The change is compared with what Druid says. */
        CHECKING,
        /** The offsets are as asked for, and the supervisor reads on. */
        RESUMING,
        DONE,
        FAILED
    }

    /**
     * Where a reset goes.
     *
     * @param offsets offsets to go on at; null to forget all, so that the stream begins where its spec says
     * @param stream the topic that the offsets are of; null without offsets
     * @param from where the offsets come from, for people
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Target(@Nullable Map<String, Long> offsets, @Nullable String stream, String from) {

        static final Target START = new Target(null, null, "the beginning, as the supervisor's spec says");

        public Target {
            offsets = offsets == null ? null : Map.copyOf(offsets);
        }
    }

    @JsonIgnore
    public boolean isDone() {
        return phase == Phase.DONE || phase == Phase.FAILED;
    }

    StreamOperation to(Phase next) {
        return with(next, before, quietSince, tasks, null).asked(null);
    }

    StreamOperation waiting(String what) {
        return with(phase, before, quietSince, tasks, what);
    }

    StreamOperation quiet(Instant since) {
        return with(phase, before, since, tasks, "Druid looks up the offsets");
    }

    /** A task that moves from reading to publishing is missing in Druid's answer for a moment, so quiet starts anew. */
    StreamOperation awaiting(List<String> ids) {
        return with(phase, before, null, ids, "tasks publish what they have read");
    }

    StreamOperation stopped(OffsetSnapshot snapshot) {
        return with(phase, snapshot, null, List.of(), null);
    }

    StreamOperation asked(@Nullable Instant at) {
        return with(phase, before, quietSince, tasks, waiting, problem, endedAt, version, at);
    }

    StreamOperation done(Instant now) {
        return with(Phase.DONE, before, quietSince, tasks, null, null, now, version, askedAt);
    }

    StreamOperation failed(String why, Instant now) {
        return with(Phase.FAILED, before, quietSince, tasks, null, why, now, version, askedAt);
    }

    StreamOperation written() {
        return with(phase, before, quietSince, tasks, waiting, problem, endedAt, version + 1, askedAt);
    }

    private StreamOperation with(
            Phase newPhase,
            @Nullable OffsetSnapshot newBefore,
            @Nullable Instant newQuietSince,
            List<String> newTasks,
            @Nullable String newWaiting) {
        return with(newPhase, newBefore, newQuietSince, newTasks, newWaiting, null, null, version, askedAt);
    }

    private StreamOperation with(
            Phase newPhase,
            @Nullable OffsetSnapshot newBefore,
            @Nullable Instant newQuietSince,
            List<String> newTasks,
            @Nullable String newWaiting,
            @Nullable String newProblem,
            @Nullable Instant newEnd,
            long newVersion,
            @Nullable Instant newAskedAt) {
        return new StreamOperation(
                datasource,
                cluster,
                supervisor,
                number,
                action,
                target,
                reason,
                author,
                requestedAt,
                newPhase,
                suspendedBefore,
                newBefore,
                newQuietSince,
                newTasks,
                newWaiting,
                newProblem,
                newEnd,
                newVersion,
                newAskedAt);
    }
}
