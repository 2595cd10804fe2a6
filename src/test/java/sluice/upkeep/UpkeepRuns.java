package sluice.upkeep;

import static sluice.upkeep.UpkeepFixture.NOW;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import sluice.core.batch.RunKind;
import sluice.core.batch.TimeChunk;
import sluice.core.definition.BatchDefinition.Mode;
import sluice.core.definition.BatchDefinition.OnViolation;
import sluice.core.definition.Expectation;
import sluice.core.definition.Expectation.Bounds;
import sluice.core.spec.SpecHints;
import sluice.ingest.run.Counts;
import sluice.ingest.run.Plan;
import sluice.ingest.run.Problem;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;

/** Runs for the tests of this floor. */
public final class UpkeepRuns {

    public static final Counts COUNTS = new Counts(10L, 0, 0, 1, 10L, 1_000L, 1_500);

    private UpkeepRuns() {}

    /** A run of {@code wiki} that is planned. */
    public static Run planned(String id, String cluster, RunKind kind, TimeChunk... chunks) {
        return Run.first(
                id,
                cluster,
                "wiki",
                kind,
                kind == RunKind.KILL ? null : Mode.REPLACE,
                List.of(chunks),
                "hash",
                "spec",
                Duration.ofHours(4),
                NOW);
    }

    public static Run available(Run planned) {
        return available(planned, NOW);
    }

    /** The run, whose rows have become available at that time. */
    public static Run available(Run planned, Instant at) {
        return in(
                planned,
                ((RunState.Unsubmitted) planned.state())
                        .submitted(NOW, planned.taskId())
                        .running(NOW)
                        .succeeded(NOW, COUNTS)
                        .available(at, COUNTS, null));
    }

    public static Run failed(Run run) {
        return in(run, ((RunState.Live) run.state()).failed(NOW, new Problem(Problem.Code.TASK_FAILED, "it broke")));
    }

    private static Run in(Run run, RunState state) {
        return new Run(
                run.id(),
                run.cluster(),
                run.datasource(),
                run.kind(),
                run.mode(),
                run.chunks(),
                run.attempt(),
                run.plan(),
                run.definitionHash(),
                run.specHash(),
                run.timeLimit(),
                run.createdAt(),
                state,
                0,
                null,
                null,
                run.history(),
                run.outbox(),
                run.version());
    }

    /** The plan of a task that loads no files. */
    public static Plan plan(ObjectNode spec) {
        Expectation none = new Expectation(Bounds.UNBOUNDED, Bounds.UNBOUNDED, Bounds.UNBOUNDED);
        return new Plan(spec, List.of(), SpecHints.NONE, List.of(), none, OnViolation.FAIL);
    }
}
