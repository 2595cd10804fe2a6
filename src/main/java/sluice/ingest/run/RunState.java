package sluice.ingest.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sluice.platform.event.EventType;

/**
 * The state of a run. Each state has only its legal moves, so an illegal move does not compile:
 *
 * <pre>
 * Planned -> (Waiting ->) Submitted -> Running -> Succeeded -> Available
 * before Submitted: Refused, Superseded;   from Submitted on: TimedOut;   after Succeeded: RolledBack
 * always while it lives: Failed, Cancelled
 * </pre>
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "state")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RunState.Planned.class, name = "Planned"),
    @JsonSubTypes.Type(value = RunState.Waiting.class, name = "Waiting"),
    @JsonSubTypes.Type(value = RunState.Submitted.class, name = "Submitted"),
    @JsonSubTypes.Type(value = RunState.Running.class, name = "Running"),
    @JsonSubTypes.Type(value = RunState.Succeeded.class, name = "Succeeded"),
    @JsonSubTypes.Type(value = RunState.Available.class, name = "Available"),
    @JsonSubTypes.Type(value = RunState.Refused.class, name = "Refused"),
    @JsonSubTypes.Type(value = RunState.Failed.class, name = "Failed"),
    @JsonSubTypes.Type(value = RunState.TimedOut.class, name = "TimedOut"),
    @JsonSubTypes.Type(value = RunState.Cancelled.class, name = "Cancelled"),
    @JsonSubTypes.Type(value = RunState.Superseded.class, name = "Superseded"),
    @JsonSubTypes.Type(value = RunState.RolledBack.class, name = "RolledBack")
})
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface RunState {

    /** Returns when the run entered this state. */
    Instant since();

    /** Returns the names of all states. */
    static List<String> labels() {
        return Stream.of(
                        Planned.class,
                        Waiting.class,
                        Submitted.class,
                        Running.class,
                        Succeeded.class,
                        Available.class,
                        Refused.class,
                        Failed.class,
                        TimedOut.class,
                        Cancelled.class,
                        Superseded.class,
                        RolledBack.class)
                .map(Class::getSimpleName)
                .toList();
    }

    /** Returns the name of the state, as it is stored and shown. */
    @JsonIgnore
    default String label() {
        return getClass().getSimpleName();
    }

    /** Returns the type of the event about this state; null for states that emit no event. */
    @JsonIgnore
    default @Nullable EventType event() {
        return null;
    }

    /** The run has not ended. */
    sealed interface Live extends RunState {

        default Failed failed(Instant now, Problem problem) {
            return new Failed(now, problem);
        }

        default Cancelled cancelled(Instant now, String reason) {
            return new Cancelled(now, reason);
        }
    }

    /** As far as Sluice knows, Druid does not have the task yet. */
    sealed interface Unsubmitted extends Live {

        default Waiting waiting(Instant now, @Nullable String holder) {
            return new Waiting(now, holder);
        }

        default Submitted submitted(Instant now, String taskId) {
            return new Submitted(now, taskId);
        }

        default Refused refused(Instant now, Problem problem) {
            return new Refused(now, problem);
        }

        default Superseded superseded(Instant now, String by) {
            return new Superseded(now, by);
        }
    }

    /** Druid has the task and it has not ended. */
    sealed interface InDruid extends Live {

        String taskId();

        /** Returns when Druid accepted the task. */
        Instant submittedAt();

        /** Returns when Druid was last asked to shut the task down; null if never. */
        @Nullable
        Instant shutdownAt();

        /** Returns why a person cancelled the run; null if nobody did. */
        @Nullable
        String cancelReason();

        default Running running(Instant now) {
            return new Running(now, taskId(), submittedAt(), shutdownAt(), cancelReason());
        }

        /** Druid is asked to shut the task down. The run goes on until Druid says that the task has ended. */
        default Running shuttingDown(Instant now) {
            return new Running(since(), taskId(), submittedAt(), now, cancelReason());
        }

        /** A person cancels the run. It goes on until Druid says that the task has ended. */
        default Running cancelling(Instant now, String reason) {
            return new Running(since(), taskId(), submittedAt(), now, reason);
        }

        default Succeeded succeeded(Instant now, Counts counts) {
            return new Succeeded(now, taskId(), submittedAt(), counts);
        }

        default TimedOut timedOut(Instant now, Problem problem) {
            return new TimedOut(now, problem);
        }

        default RolledBack rolledBack(Instant now, Problem problem) {
            return new RolledBack(now, problem);
        }
    }

    /** The run has ended. A further attempt of it begins as Planned. */
    sealed interface Ended extends RunState {

        default Planned again(Instant now) {
            return new Planned(now);
        }

        /** After its end, what the run had loaded is taken back. */
        default RolledBack rolledBack(Instant now, Problem problem) {
            return new RolledBack(now, problem);
        }

        /** After its end, a take-back is interrupted. Nobody knows what is served. */
        default Failed inDoubt(Instant now, Problem problem) {
            return new Failed(now, problem);
        }
    }

    /** Everything is decided. The task has not been submitted. */
    @RegisterForReflection
    record Planned(Instant since) implements Unsubmitted {
        @Override
        public EventType event() {
            return EventType.RUN_PLANNED;
        }
    }

    /**
     * Another run writes one of the time chunks.
     *
     * @param holder id of that run; null if both asked for the chunk at the same moment
     */
    @RegisterForReflection
    record Waiting(Instant since, @Nullable String holder) implements Unsubmitted {}

    /** Druid has accepted the task. */
    @RegisterForReflection
    record Submitted(Instant since, String taskId) implements InDruid {
        @Override
        public EventType event() {
            return EventType.RUN_SUBMITTED;
        }

        @Override
        public Instant submittedAt() {
            return since;
        }

        @Override
        public @Nullable Instant shutdownAt() {
            return null;
        }

        @Override
        public @Nullable String cancelReason() {
            return null;
        }
    }

    /** Druid has said that the task runs. */
    @RegisterForReflection
    record Running(
            Instant since,
            String taskId,
            Instant submittedAt,
            @Nullable Instant shutdownAt,
            @Nullable String cancelReason)
            implements InDruid {}

    /**
     * The task has succeeded. Whether its segments can be queried is not known yet.
     *
     * @param takingBack why what the run published is being taken back; null if it is not
     */
    @RegisterForReflection
    record Succeeded(Instant since, String taskId, Instant submittedAt, Counts counts, @Nullable Problem takingBack)
            implements Live {

        public Succeeded(Instant since, String taskId, Instant submittedAt, Counts counts) {
            this(since, taskId, submittedAt, counts, null);
        }

        /** What the run published is about to be taken back. */
        public Succeeded takingBack(Problem problem) {
            return new Succeeded(since, taskId, submittedAt, counts, problem);
        }

        @Override
        public EventType event() {
            return EventType.RUN_SUCCEEDED;
        }

        public Available available(Instant now, Counts finalCounts, @Nullable Instant arrivedAt) {
            return new Available(now, taskId, submittedAt, finalCounts, arrivedAt);
        }

        public TimedOut timedOut(Instant now, Problem problem) {
            return new TimedOut(now, problem);
        }

        public RolledBack rolledBack(Instant now, Problem problem) {
            return new RolledBack(now, problem);
        }
    }

    /**
     * The run's segments are served and their rows are counted.
     *
     * @param arrivedAt when the newest file that it loads was written to S3; null if it loads none that has just arrived, and
     *     for runs of older versions of Sluice
     */
    @RegisterForReflection
    record Available(Instant since, String taskId, Instant submittedAt, Counts counts, @Nullable Instant arrivedAt)
            implements Ended {
        @Override
        public EventType event() {
            return EventType.RUN_AVAILABLE;
        }
    }

    /** Sluice or Druid refused the spec. */
    @RegisterForReflection
    record Refused(Instant since, Problem problem) implements Ended {
        @Override
        public EventType event() {
            return EventType.RUN_REFUSED;
        }
    }

    /** The run has failed. The problem says what it leaves behind. */
    @RegisterForReflection
    record Failed(Instant since, Problem problem) implements Ended {
        @Override
        public EventType event() {
            return EventType.RUN_FAILED;
        }
    }

    /** The run exceeded its time limit, and its task is known to have ended. */
    @RegisterForReflection
    record TimedOut(Instant since, Problem problem) implements Ended {
        @Override
        public EventType event() {
            return EventType.RUN_TIMED_OUT;
        }
    }

    /** A person cancelled the run. */
    @RegisterForReflection
    record Cancelled(Instant since, String reason) implements Ended {
        @Override
        public EventType event() {
            return EventType.RUN_CANCELLED;
        }
    }

    /**
     * A later run loads the time chunks, so this one is not needed.
     *
     * @param by id of that run
     */
    @RegisterForReflection
    record Superseded(Instant since, String by) implements Ended {
        @Override
        public EventType event() {
            return EventType.RUN_SUPERSEDED;
        }
    }

    /** What the run had published was taken back. The earlier data is served. */
    @RegisterForReflection
    record RolledBack(Instant since, Problem problem) implements Ended {
        @Override
        public EventType event() {
            return EventType.RUN_ROLLED_BACK;
        }
    }
}
