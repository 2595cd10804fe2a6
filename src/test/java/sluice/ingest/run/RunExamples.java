package sluice.ingest.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import sluice.core.batch.RunKind;
import sluice.core.batch.TimeChunk;
import sluice.core.definition.BatchDefinition.Mode;

/** Runs for tests, and the mapper that the functions use. */
public final class RunExamples {

    public static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
    public static final Counts COUNTS = new Counts(100L, 0, 3, 2, 90L, 4_096L, 1_500);
    public static final Problem PROBLEM = new Problem(Problem.Code.TASK_FAILED, "it broke");
    public static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .build();

    private RunExamples() {}

    /** One of each state. */
    public static List<RunState> states() {
        RunState.Planned planned = new RunState.Planned(NOON);
        RunState.Submitted submitted = planned.submitted(NOON.plusSeconds(1), "task-1");
        RunState.Running running = submitted.running(NOON.plusSeconds(2));
        RunState.Succeeded succeeded = running.succeeded(NOON.plusSeconds(3), COUNTS);
        return List.of(
                planned,
                planned.waiting(NOON, "aaaaaaaaaaaaaaaaaaaaaaaaaa"),
                planned.waiting(NOON, null),
                submitted,
                running,
                running.shuttingDown(NOON.plusSeconds(9)),
                succeeded,
                succeeded.available(NOON.plusSeconds(4), COUNTS, NOON.minusSeconds(60)),
                planned.refused(NOON, new Problem(Problem.Code.CONTRACT, "SLU-1001 /spec: no")),
                running.failed(NOON, PROBLEM),
                running.timedOut(NOON, PROBLEM),
                planned.cancelled(NOON, "not needed"),
                planned.superseded(NOON, "bbbbbbbbbbbbbbbbbbbbbbbbbb"),
                succeeded.rolledBack(NOON, PROBLEM));
    }

    public static Run run(RunState state) {
        return run("abcdefghijklmnopqrstuvwxyz", state);
    }

    public static Run run(String id, RunState state) {
        return run(id, RunKind.BATCH, state);
    }

    public static Run run(String id, RunKind kind, RunState state) {
        return new Run(
                id,
                "main",
                "wikipedia",
                kind,
                Mode.REPLACE,
                List.of(new TimeChunk(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-01-02T00:00:00Z"))),
                1,
                1,
                "0".repeat(64),
                "1".repeat(64),
                Duration.ofHours(4),
                NOON,
                state,
                0,
                null,
                NOON.plusSeconds(5),
                List.of(),
                List.of(),
                7);
    }
}
