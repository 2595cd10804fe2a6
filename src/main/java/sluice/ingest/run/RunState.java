package sluice.ingest.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import sluice.platform.event.EventType;

/**
 * Where a run stands. Each state has only its legal moves, so an illegal one does not compile:
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

    /** When the run came into this state. */
    Instant since();

    /** The names of all states. */
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

    /** The name of the state, as it is stored and shown. */
    @JsonIgnore
    default String label() {
        return getClass().getSimpleName();
    }

    /** The event that tells of this state, or null where the state is Sluice's own affair. */
    @JsonIgnore
    default EventType event() {
        return null;
    }

    /** A run that has not reached its end. */
    sealed interface Live extends RunState {

        default Failed failed(Instant now, Problem problem) {
            return new Failed(now, problem);
        }

        default Cancelled cancelled(Instant now, String reason) {
            return new Cancelled(now, reason);
        }
    }

    /** Druid does not have the task yet, as far as Sluice knows. */
    sealed interface Unsubmitted extends Live {

        default Waiting waiting(Instant now, String holder) {
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

        /** When Druid took the task. */
        Instant submittedAt();

        /** When Druid was last asked to end the task, because of its time limit or because a person wants it, or null. */
        Instant shutdownAt();

        /** Why a person wants the run to end, or null. */
        String cancelReason();

        default Running running(Instant now) {
            return new Running(now, taskId(), submittedAt(), shutdownAt(), cancelReason());
        }

        /** Druid has been asked to end the task; the run goes on until Druid says that it has ended. */
        default Running shuttingDown(Instant now) {
            return new Running(since(), taskId(), submittedAt(), now, cancelReason());
        }

        /** A person wants the run to end; it has ended when Druid says so of its task. */
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

    /** A run that has ended. A further attempt of it begins where every run begins. */
    sealed interface Ended extends RunState {

        default Planned again(Instant now) {
            return new Planned(now);
        }

        /** What the run had loaded is taken back, after its end. */
        default RolledBack rolledBack(Instant now, Problem problem) {
            return new RolledBack(now, problem);
        }
    }

    /** Everything is decided; the task has not been sent. */
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
     * @param holder id of that run, or null where both asked for the chunk at the same moment
     */
    @RegisterForReflection
    record Waiting(Instant since, String holder) implements Unsubmitted {}

    /** Druid has taken the task. */
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
        public Instant shutdownAt() {
            return null;
        }

        @Override
        public String cancelReason() {
            return null;
        }
    }

    /** Druid has said that the task runs. */
    @RegisterForReflection
    record Running(Instant since, String taskId, Instant submittedAt, Instant shutdownAt, String cancelReason)
            implements InDruid {}

    /** The task has ended well and its segments are published; whether they can be queried is not known yet. */
    @RegisterForReflection
    record Succeeded(Instant since, String taskId, Instant submittedAt, Counts counts) implements Live {

        @Override
        public EventType event() {
            return EventType.RUN_SUCCEEDED;
        }

        public Available available(Instant now, Counts finalCounts) {
            return new Available(now, taskId, submittedAt, finalCounts);
        }

        public TimedOut timedOut(Instant now, Problem problem) {
            return new TimedOut(now, problem);
        }

        public RolledBack rolledBack(Instant now, Problem problem) {
            return new RolledBack(now, problem);
        }
    }

    /** The run's segments are served, and their rows have been counted. */
    @RegisterForReflection
    record Available(Instant since, String taskId, Instant submittedAt, Counts counts) implements Ended {
        @Override
        public EventType event() {
            return EventType.RUN_AVAILABLE;
        }
    }

    /** The spec was refused before anything reached Druid, or Druid refused it. */
    @RegisterForReflection
    record Refused(Instant since, Problem problem) implements Ended {
        @Override
        public EventType event() {
            return EventType.RUN_REFUSED;
        }
    }

    /** The run has failed; what that leaves behind, the problem says. */
    @RegisterForReflection
    record Failed(Instant since, Problem problem) implements Ended {
        @Override
        public EventType event() {
            return EventType.RUN_FAILED;
        }
    }

    /** The run took longer than it may, and its task is known to have ended. */
    @RegisterForReflection
    record TimedOut(Instant since, Problem problem) implements Ended {
        @Override
        public EventType event() {
            return EventType.RUN_TIMED_OUT;
        }
    }

    /** A person ended the run. */
    @RegisterForReflection
    record Cancelled(Instant since, String reason) implements Ended {
        @Override
        public EventType event() {
            return EventType.RUN_CANCELLED;
        }
    }

    /**
     * A later run loads the time chunks anew, so this one is not needed.
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

    /** What the run had published was taken back; the data from before is served. */
    @RegisterForReflection
    record RolledBack(Instant since, Problem problem) implements Ended {
        @Override
        public EventType event() {
            return EventType.RUN_ROLLED_BACK;
        }
    }
}
