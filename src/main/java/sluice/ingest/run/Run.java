package sluice.ingest.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import sluice.core.batch.Feed;
import sluice.core.batch.RunKind;
import sluice.core.batch.TaskId;
import sluice.core.batch.TimeChunk;
import sluice.core.definition.BatchDefinition.Mode;
import sluice.platform.event.CloudEvent;

/**
 * One intended load of one batch into one cluster: the part of it that changes, small enough to be read at every poll.
 * What it loads and how is its {@link Plan}.
 *
 * @param id hash of what the run is to do, see {@link sluice.core.batch.RunId}
 * @param cluster name of the Druid cluster
 * @param datasource Druid's datasource
 * @param kind what its task does
 * @param mode whether the run replaces its chunks or adds to them; null where it writes no rows
 * @param chunks the time chunks it writes, whole
 * @param attempt from 1; a further attempt is made after a failure, or when somebody asks for it
 * @param plan number of the {@link Plan} in force, the attempt for which it was made
 * @param definitionHash version of the definition that the plan was made from
 * @param specHash SHA-256 of the canonical spec
 * @param timeLimit longest time from submission to the end of the task
 * @param createdAt when the run was first planned
 * @param state where it stands
 * @param setbacks how often in a row the next step could not be taken for the same reason
 * @param lastError why the last of those tries failed, or null
 * @param dueAt when the run wants attention, or null when it never does
 * @param history the states before this one, oldest first
 * @param outbox events that the bus has not confirmed yet
 * @param version counts the writes; each is conditional on it
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Run(
        String id,
        String cluster,
        String datasource,
        RunKind kind,
        Mode mode,
        List<TimeChunk> chunks,
        int attempt,
        int plan,
        String definitionHash,
        String specHash,
        Duration timeLimit,
        Instant createdAt,
        RunState state,
        int setbacks,
        String lastError,
        Instant dueAt,
        List<RunState> history,
        List<CloudEvent> outbox,
        long version) {

    public Run {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(state, "state");
        chunks = List.copyOf(chunks);
        history = List.copyOf(history);
        outbox = List.copyOf(outbox);
    }

    /** The first attempt of a run. */
    public static Run first(
            String id,
            String cluster,
            String datasource,
            RunKind kind,
            Mode mode,
            List<TimeChunk> chunks,
            String definitionHash,
            String specHash,
            Duration timeLimit,
            Instant now) {
        return new Run(
                id,
                cluster,
                datasource,
                kind,
                mode,
                chunks,
                1,
                1,
                definitionHash,
                specHash,
                timeLimit,
                now,
                new RunState.Planned(now),
                0,
                null,
                null,
                List.of(),
                List.of(),
                0);
    }

    /** The id under which Druid knows this attempt: the same for every try to submit it. */
    @JsonIgnore
    public String taskId() {
        return TaskId.of(datasource, id, attempt);
    }

    /** Where it loads into. */
    @JsonIgnore
    public Feed feed() {
        return new Feed(cluster, datasource);
    }

    @JsonIgnore
    public List<String> intervals() {
        return chunks.stream().map(TimeChunk::interval).toList();
    }

    /** Whether the run loads files. */
    @JsonIgnore
    public boolean isBatch() {
        return kind == RunKind.BATCH;
    }

    @JsonIgnore
    public boolean hasEnded() {
        return state instanceof RunState.Ended;
    }

    /** Whether rows of this run may be in the datasource, though it did not end well. */
    @JsonIgnore
    public boolean mayHaveLoaded() {
        return kind != RunKind.KILL && endedWithRows();
    }

    private boolean endedWithRows() {
        return state instanceof RunState.Available
                || (state instanceof RunState.Failed failed && failed.problem().code() == Problem.Code.EXPECTATION)
                || (state instanceof RunState.TimedOut timedOut
                        && timedOut.problem().code() == Problem.Code.NOT_AVAILABLE);
    }

    /** The run in its next state, with the event that tells of it. */
    Run moved(RunState next, Instant due, CloudEvent event) {
        List<RunState> past = new ArrayList<>(history);
        past.add(state);
        List<CloudEvent> events = new ArrayList<>(outbox);
        if (event != null) {
            events.add(event);
        }
        return with(next, 0, null, due, past, events);
    }

    /** The run with an event about the state that it is in. */
    Run announcing(CloudEvent event) {
        List<CloudEvent> events = new ArrayList<>(outbox);
        events.add(event);
        return with(state, setbacks, lastError, dueAt, history, events);
    }

    /** The run as it was, to be looked at again at another time. */
    public Run due(Instant due) {
        return with(state, setbacks, lastError, due, history, outbox);
    }

    /** The run as it was after a step that could not be taken. */
    public Run setBack(String error, Instant due) {
        return with(state, Objects.equals(error, lastError) ? setbacks + 1 : 1, error, due, history, outbox);
    }

    /** The run in a state that says more about the same step, without a new event. */
    public Run changed(RunState next) {
        return with(next, setbacks, lastError, dueAt, history, outbox);
    }

    /** The run as it was, after a step that went as it should. */
    Run calm() {
        return with(state, 0, null, dueAt, history, outbox);
    }

    /** When the present attempt was planned. */
    public Instant attemptPlannedAt() {
        return history.stream()
                .filter(RunState.Planned.class::isInstance)
                .map(RunState::since)
                .reduce((earlier, later) -> later)
                .orElse(createdAt);
    }

    /** The run without the events that the bus has confirmed. */
    Run confirmed(List<String> eventIds, Instant due) {
        List<CloudEvent> left =
                outbox.stream().filter(event -> !eventIds.contains(event.id())).toList();
        return with(state, setbacks, lastError, due, history, left);
    }

    /** The same intent once more, by the same plan. */
    Run nextAttempt(RunState.Planned planned) {
        return nextAttempt(planned, plan, definitionHash, specHash, timeLimit);
    }

    /** The same intent once more, by another plan. */
    public Run nextAttempt(
            RunState.Planned planned, int newPlan, String newDefinitionHash, String newSpecHash, Duration newLimit) {
        List<RunState> past = new ArrayList<>(history);
        past.add(state);
        return new Run(
                id,
                cluster,
                datasource,
                kind,
                mode,
                chunks,
                attempt + 1,
                newPlan,
                newDefinitionHash,
                newSpecHash,
                newLimit,
                createdAt,
                planned,
                0,
                null,
                null,
                past,
                outbox,
                version);
    }

    /** The run with its version counted up, as it is written. */
    public Run written() {
        return new Run(
                id,
                cluster,
                datasource,
                kind,
                mode,
                chunks,
                attempt,
                plan,
                definitionHash,
                specHash,
                timeLimit,
                createdAt,
                state,
                setbacks,
                lastError,
                dueAt,
                history,
                outbox,
                version + 1);
    }

    private Run with(
            RunState newState,
            int newSetbacks,
            String newError,
            Instant newDue,
            List<RunState> newHistory,
            List<CloudEvent> newOutbox) {
        return new Run(
                id,
                cluster,
                datasource,
                kind,
                mode,
                chunks,
                attempt,
                plan,
                definitionHash,
                specHash,
                timeLimit,
                createdAt,
                newState,
                newSetbacks,
                newError,
                newDue,
                newHistory,
                newOutbox,
                version);
    }
}
