package sluice.ingest.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static sluice.ingest.IngestFixture.DAY;
import static sluice.ingest.submission.TaskDrafts.compaction;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.core.batch.RunKind;
import sluice.core.contract.Finding;
import sluice.core.definition.BatchDefinition.Mode;
import sluice.core.definition.BatchDefinition.OnViolation;
import sluice.core.definition.Expectation;
import sluice.core.definition.Expectation.Bounds;
import sluice.core.spec.SpecHints;
import sluice.ingest.IngestFixture;
import sluice.ingest.run.Plan;
import sluice.ingest.run.Problem;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunAttempts;
import sluice.ingest.run.RunIntent;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;
import sluice.simulation.TableCall;
import sluice.simulation.TableObserver;

class TaskRunsTest {

    private final IngestFixture fixture = new IngestFixture();
    private final TaskRuns taskRuns = fixture.bean(TaskRuns.class);
    private final RunStore runs = fixture.bean(RunStore.class);

    @Test
    void aDraftBecomesARun() {
        // Given
        TaskDraft draft = compaction("identity");

        // When
        Run run = taskRuns.plan(draft);

        // Then
        assertThat(run.id()).isEqualTo(TaskRuns.id(draft));
        assertThat(run).isEqualTo(fixture.run());
        assertThat(run.state()).isInstanceOf(RunState.Planned.class);
        assertThat(run.kind()).isEqualTo(RunKind.COMPACT);
        assertThat(run.chunks()).containsExactly(DAY);
        assertThat(run.timeLimit()).hasHours(1);
        assertThat(runs.plan(run).spec()).isEqualTo(draft.spec());
        assertThat(runs.plan(run).objects()).isEmpty();
        assertThat(fixture.events()).containsExactly("sluice.run.planned");
    }

    @Test
    void aDraftIsPlannedOnceWhateverBecomesOfItsRun() {
        // Given
        Run first = taskRuns.plan(compaction("identity"));
        Run failed = fixture.failed(first, Problem.Code.TASK_FAILED);

        // When
        Run again = taskRuns.plan(compaction("identity"));

        // Then
        assertThat(again).isEqualTo(failed);
        assertThat(fixture.run().attempt()).isEqualTo(1);
    }

    @Test
    void anotherIdentityIsAnotherRun() {
        // Given
        taskRuns.plan(compaction("identity"));

        // When
        taskRuns.plan(compaction("another"));

        // Then
        assertThat(fixture.runs()).hasSize(2);
    }

    @Test
    void anErrorInTheDraftRefusesTheRun() {
        // Given
        TaskDraft draft = compaction("identity", Finding.error("SLU-6001", "/ioConfig", "not worth it", null, null));

        // When
        Run run = taskRuns.plan(draft);

        // Then
        assertThat(run.state()).isInstanceOfSatisfying(RunState.Refused.class, refused -> assertThat(refused.problem())
                .isEqualTo(new Problem(Problem.Code.CONTRACT, "SLU-6001 /ioConfig: not worth it")));
        assertThat(fixture.events()).containsExactly("sluice.run.refused");
    }

    @Test
    void aSpecThatBreaksTheContractRefusesTheRun() {
        // When
        Run run = taskRuns.plan(TaskDrafts.withSpec("identity", TaskDrafts.COMPACTION.replace("\"DAY\"", "\"NEVER\"")));

        // Then
        assertThat(run.state()).isInstanceOfSatisfying(RunState.Refused.class, refused -> assertThat(
                        refused.problem().message())
                .contains("/granularitySpec/segmentGranularity"));
    }

    @Test
    void aClusterThatTheEnvironmentDoesNotHaveIsNoCluster() {
        // Given
        fixture.clusters.remove("main");

        // Then
        assertThatThrownBy(() -> taskRuns.plan(compaction("identity")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no cluster main, only [other]");
    }

    @Test
    void planningAgainLeavesARunAloneThatLives() {
        // Given
        Run first = taskRuns.planAgain(compaction("identity"));

        // When
        Run again = taskRuns.planAgain(compaction("identity"));

        // Then
        assertThat(again).isEqualTo(first);
    }

    @Test
    void planningAgainLeavesARunAloneThatIsAvailable() {
        // Given
        Run available = fixture.available(taskRuns.plan(compaction("identity")));

        // When
        Run again = taskRuns.planAgain(compaction("identity"));

        // Then
        assertThat(again).isEqualTo(available);
    }

    @Test
    void planningAgainRepeatsARunThatHasFailed() {
        // Given
        fixture.failed(taskRuns.plan(compaction("identity")), Problem.Code.TASK_FAILED);

        // When
        Run again = taskRuns.planAgain(compaction("identity"));

        // Then
        assertThat(again.attempt()).isEqualTo(2);
        assertThat(again.state()).isInstanceOf(RunState.Planned.class);
    }

    @Test
    void ofTwoThatPlanTheSameDraftOneWins() {
        // Given
        beforeTheNextTransaction(() -> taskRuns.plan(compaction("identity")));

        // When
        Run run = taskRuns.plan(compaction("identity"));

        // Then
        assertThat(run).isEqualTo(fixture.run());
        assertThat(fixture.events()).containsExactly("sluice.run.planned");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 91})
    void aRunHasAsManyChunksAsItCanLease(int chunks) {
        assertThatThrownBy(() -> new TaskDraft(
                        RunKind.COMPACT,
                        "main",
                        "wiki",
                        Mode.REPLACE,
                        Collections.nCopies(chunks, DAY),
                        "identity",
                        IngestFixture.json(TaskDrafts.COMPACTION, ObjectNode.class),
                        List.of(),
                        "hash",
                        Duration.ofHours(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not " + chunks);
    }

    private void beforeTheNextTransaction(Runnable something) {
        fixture.table.observer(new TableObserver() {
            private boolean isDone;

            @Override
            public void before(TableCall call) {
                if (call.kind() == TableCall.Kind.TRANSACT && !isDone) {
                    isDone = true;
                    something.run();
                }
            }
        });
    }

    /** Stores a planned run with a task that no contract has seen. */
    static Run storedWith(IngestFixture fixture, String spec) {
        RunIntent intent = new RunIntent(
                "unchecked", RunKind.COMPACT, IngestFixture.FEED, null, List.of(DAY), "", Duration.ofHours(1));
        Plan plan = new Plan(
                IngestFixture.json(spec, ObjectNode.class),
                List.of(),
                SpecHints.NONE,
                List.of(),
                new Expectation(Bounds.UNBOUNDED, Bounds.UNBOUNDED, Bounds.UNBOUNDED),
                OnViolation.FAIL);
        return fixture.bean(RunStore.class)
                .save(fixture.bean(RunAttempts.class).draft(intent, Optional.empty(), plan, Problem.Code.CONTRACT));
    }
}
