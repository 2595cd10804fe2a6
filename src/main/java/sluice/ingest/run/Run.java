package sluice.ingest.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sluice.core.batch.Feed;
import sluice.core.batch.RunKind;
import sluice.core.batch.TaskId;
import sluice.core.batch.TimeChunk;
import sluice.core.definition.BatchDefinition.Mode;
import sluice.platform.event.CloudEvent;

/**
 * One intended load of one batch into one cluster. This is the part that changes, small enough to be read at every poll. Its
 * {@link Plan} says what it loads and how.
 *
 * @param id hash of what the run does, see {@link sluice.core.batch.RunId}
 * @param cluster name of the Druid cluster
 * @param datasource Druid's datasource
 * @param kind what its task does
 * @param mode whether the run replaces its chunks or appends to them; null if it writes no rows
 * @param chunks the time chunks it writes, whole
 * @param attempt from 1
 * @param plan number of the present {@link Plan}: the attempt for which it was made
 * @param definitionHash version of the definition that made the plan
 * @param specHash SHA-256 of the canonical spec
 * @param timeLimit longest time from submission to the end of the task
 * @param createdAt when the run was first planned
 * @param state the present state
 * @param setbacks how often in a row the next step failed for the same reason
 * @param lastError that reason; null if there is none
 * @param dueAt when the run is checked next; null if never
 * @param history the earlier states, oldest first
 * @param outbox events that the bus has not confirmed yet
 * @param version counts the writes; each write is conditional on it
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Run(
        String id,
        String cluster,
        String datasource,
        RunKind kind,
        @Nullable Mode mode,
        List<TimeChunk> chunks,
        int attempt,
        int plan,
        String definitionHash,
        String specHash,
        Duration timeLimit,
        Instant createdAt,
        RunState state,
        int setbacks,
        @Nullable String lastError,
        @Nullable Instant dueAt,
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

    /** Returns the first attempt of a run, Planned. */
    public static Run first(
            String id,
            String cluster,
            String datasource,
            RunKind kind,
            @Nullable Mode mode,
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

    /** Returns the id of the task in Druid. It is the same for every try to submit this attempt. */
    @JsonIgnore
    public String taskId() {
        return TaskId.of(datasource, id, attempt);
    }

    /** Returns where it writes. */
    @JsonIgnore
    public Feed feed() {
        return new Feed(cluster, datasource);
    }

    @JsonIgnore
    public List<String> intervals() {
        return chunks.stream().map(TimeChunk::interval).toList();
    }

    /** Returns true if the run loads files. */
    @JsonIgnore
    public boolean isBatch() {
        return kind == RunKind.BATCH;
    }

    @JsonIgnore
    public boolean hasEnded() {
        return state instanceof RunState.Ended;
    }

    /**
     * Returns true if the run has ended and its rows are or may be in the datasource. They may be those of an earlier attempt: a
     * later one that fails takes back only what it has published itself.
     */
    @JsonIgnore
    public boolean mayHaveLoaded() {
        return hasEnded() && load().isPresent();
    }

    /**
     * The attempt of a run whose rows are or may be in the datasource.
     *
     * @param attempt its number
     * @param end how it ended
     */
    public record Load(int attempt, RunState end) {

        /** Returns true if nobody knows which segments the attempt has published, if any: they cannot be taken back. */
        public boolean isInDoubt() {
            return end instanceof RunState.Failed failed
                    && (failed.problem().code() == Problem.Code.NOT_TAKEN_BACK
                            || failed.problem().code() == Problem.Code.TASK_CONFLICT);
        }
    }

    /**
     * Returns the last attempt whose rows are or may be in the datasource; empty if there is none. What was taken back after its end
     * is not. What an earlier attempt has left is, perhaps because it was restored.
     */
    @JsonIgnore
    public Optional<Load> load() {
        return load(Stream.concat(history.stream(), Stream.of(state)).toList());
    }

    /** Returns the attempt whose rows were taken back after its end; empty if that is not the last that happened to the run. */
    @JsonIgnore
    public Optional<Load> takenBack() {
        return state instanceof RunState.RolledBack && !history.isEmpty() && last(history) instanceof RunState.Ended
                ? load(history)
                : Optional.empty();
    }

    /** Returns true if rows of the run are or may be in the datasource once it has ended so. */
    public boolean mayHaveLoaded(RunState.Ended end) {
        return state.equals(end)
                ? mayHaveLoaded()
                : load(Stream.concat(history.stream(), Stream.of(state, end)).toList())
                        .isPresent();
    }

    private Optional<Load> load(List<RunState> states) {
        return kind == RunKind.KILL
                ? Optional.empty()
                : LoadedAttempts.of(states, attempt).last();
    }

    private static RunState last(List<RunState> states) {
        return states.get(states.size() - 1);
    }

    /** Returns the run in its next state, with the event about it. */
    Run moved(RunState next, @Nullable Instant due, @Nullable CloudEvent event) {
        List<RunState> past = new ArrayList<>(history);
        past.add(state);
        List<CloudEvent> events = new ArrayList<>(outbox);
        if (event != null) {
            events.add(event);
        }
        return with(next, 0, null, due, past, events);
    }

    /** Returns the run with an event about its present state. */
    Run announcing(CloudEvent event) {
        List<CloudEvent> events = new ArrayList<>(outbox);
        events.add(event);
        return with(state, setbacks, lastError, dueAt, history, events);
    }

    /** Returns a copy that is due at another time. */
    public Run due(@Nullable Instant due) {
        return with(state, setbacks, lastError, due, history, outbox);
    }

    /** Returns a copy that notes a step that failed. */
    public Run setBack(@Nullable String error, @Nullable Instant due) {
        return with(state, Objects.equals(error, lastError) ? setbacks + 1 : 1, error, due, history, outbox);
    }

    /** Returns how often in a row the next step failed for this reason. */
    public int setbacksBy(String error) {
        return error.equals(lastError) ? setbacks : 0;
    }

    /** Returns a copy in a state that replaces the present one, without event or history. */
    public Run changed(RunState next) {
        return with(next, setbacks, lastError, dueAt, history, outbox);
    }

    /** Returns a copy without setbacks. */
    Run calm() {
        return with(state, 0, null, dueAt, history, outbox);
    }

    /** Returns when the present attempt was planned. */
    public Instant attemptPlannedAt() {
        return plannings().reduce((earlier, later) -> later).orElse(createdAt);
    }

    /**
     * Returns when the present plan was made. It orders the runs of an object: an attempt that is only repeated keeps its plan, and
     * comes no later than a run that was planned meanwhile.
     */
    public Instant planMadeAt() {
        return plannings().skip(Math.max(plan, 1) - 1L).findFirst().orElseGet(this::attemptPlannedAt);
    }

    /** When each attempt was planned, the first one first. */
    private Stream<Instant> plannings() {
        return Stream.concat(history.stream(), Stream.of(state))
                .filter(RunState.Planned.class::isInstance)
                .map(RunState::since);
    }

    /** Returns a copy without the events that the bus has confirmed. */
    Run confirmed(List<String> eventIds, @Nullable Instant due) {
        List<CloudEvent> left =
                outbox.stream().filter(event -> !eventIds.contains(event.id())).toList();
        return with(state, setbacks, lastError, due, history, left);
    }

    /** Returns the next attempt with the same plan. */
    Run nextAttempt(RunState.Planned planned) {
        return nextAttempt(planned, plan, definitionHash, specHash, timeLimit);
    }

    /** Returns the next attempt with another plan. */
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

    /** Returns a copy with its version counted up, as it is written. */
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
            @Nullable String newError,
            @Nullable Instant newDue,
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
