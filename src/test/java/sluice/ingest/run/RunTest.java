package sluice.ingest.run;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.ingest.run.RunExamples.MAPPER;
import static sluice.ingest.run.RunExamples.NOON;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.core.batch.RunKind;

class RunTest {

    @ParameterizedTest
    @MethodSource("sluice.ingest.run.RunExamples#states")
    void comesBackFromItsStoredFormAsItWas(RunState state) throws JsonProcessingException {
        // Given
        Run run = RunExamples.run(new RunState.Planned(NOON)).moved(state, NOON, null);

        // When
        String json = MAPPER.writeValueAsString(run);

        // Then
        assertThat(MAPPER.readValue(json, Run.class)).isEqualTo(run);
        assertThat(MAPPER.readTree(json).at("/state/state").asText()).isEqualTo(state.label());
    }

    @Test
    void keepsItsPastAndItsPlanInAFurtherAttempt() {
        // Given
        RunState.Failed failed = new RunState.Failed(NOON, RunExamples.PROBLEM);
        Run run = RunExamples.run(failed);

        // When
        Run next = run.nextAttempt(failed.again(NOON.plusSeconds(60)));

        // Then
        assertThat(next.attempt()).isEqualTo(2);
        assertThat(next.plan()).isEqualTo(run.plan());
        assertThat(next.history()).containsExactly(failed);
        assertThat(next.taskId()).isNotEqualTo(run.taskId()).endsWith("_2");
    }

    @Test
    void countsSetbacksOfOneReasonOnly() {
        // Given
        Run run = RunExamples.run(new RunState.Planned(NOON));

        // When
        List<Integer> counts = List.of(
                run.setBack("down", NOON).setbacks(),
                run.setBack("down", NOON).setBack("down", NOON).setbacks(),
                run.setBack("down", NOON).setBack("slow", NOON).setbacks());

        // Then
        assertThat(counts).containsExactly(1, 2, 1);
    }

    @ParameterizedTest
    @EnumSource(Problem.Code.class)
    void triesAgainOnlyWhatMayGoWellTheNextTime(Problem.Code code) {
        // When
        boolean worthIt = new Problem(code, "some text").isWorthRetrying();

        // Then
        assertThat(worthIt)
                .isEqualTo(Set.of(
                                Problem.Code.TASK_LOST,
                                Problem.Code.ROWS_MISMATCH,
                                Problem.Code.SERVERS_RESTARTED,
                                Problem.Code.ADDRESSES_EXPIRED)
                        .contains(code));
    }

    @Test
    void knowsWhichEndsMayHaveLeftRowsBehind() {
        // When
        List<String> mayHaveLoaded = RunExamples.states().stream()
                .filter(state -> RunExamples.run(state).mayHaveLoaded())
                .map(RunState::label)
                .toList();

        // Then
        assertThat(mayHaveLoaded).containsExactly("Available");
    }

    @ParameterizedTest
    @EnumSource(Problem.Code.class)
    void knowsWhichProblemsMayHaveLeftRowsBehind(Problem.Code code) {
        // Given
        Problem problem = new Problem(code, "x");
        boolean leaves = Set.of(
                        Problem.Code.EXPECTATION,
                        Problem.Code.NOT_TAKEN_BACK,
                        Problem.Code.TASK_CONFLICT,
                        Problem.Code.NOT_AVAILABLE)
                .contains(code);

        // Then
        assertThat(RunExamples.run(new RunState.Failed(NOON, problem)).mayHaveLoaded())
                .isEqualTo(leaves);
        assertThat(RunExamples.run(new RunState.TimedOut(NOON, problem)).mayHaveLoaded())
                .isEqualTo(leaves);
        assertThat(RunExamples.run(new RunState.RolledBack(NOON, problem)).mayHaveLoaded())
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(Problem.Code.class)
    void knowsWhichProblemsLeaveItOpenWhatWasLoaded(Problem.Code code) {
        // When
        boolean isInDoubt = RunExamples.run(new RunState.Failed(NOON, new Problem(code, "x"))).load().stream()
                .anyMatch(Run.Load::isInDoubt);

        // Then
        assertThat(isInDoubt)
                .isEqualTo(Set.of(Problem.Code.NOT_TAKEN_BACK, Problem.Code.TASK_CONFLICT)
                        .contains(code));
    }

    /** A later attempt takes back only what it has published itself. */
    @Test
    void theFailureOfALaterAttemptLeavesTheRowsOfAnEarlierOne() {
        // Given
        RunState doubtful = new RunState.Failed(NOON, new Problem(Problem.Code.NOT_TAKEN_BACK, "x"));
        RunState failed = new RunState.Failed(NOON.plusSeconds(9), new Problem(Problem.Code.TASK_FAILED, "x"));

        // When
        Run run = RunExamples.run(new RunState.Planned(NOON))
                .moved(doubtful, null, null)
                .nextAttempt(new RunState.Planned(NOON))
                .moved(failed, null, null);

        // Then
        assertThat(run.mayHaveLoaded()).isTrue();
        assertThat(run.load()).contains(new Run.Load(1, doubtful));
    }

    @Test
    void rowsThatWereTakenBackAfterTheEndOfTheirAttemptAreGone() {
        // Given
        RunState doubtful = new RunState.Failed(NOON, new Problem(Problem.Code.NOT_TAKEN_BACK, "x"));
        RunState rolledBack = new RunState.RolledBack(NOON, new Problem(Problem.Code.DEFINITION_ROLLED_BACK, "x"));

        // When
        Run run = RunExamples.run(new RunState.Planned(NOON))
                .moved(doubtful, null, null)
                .moved(rolledBack, null, null)
                .nextAttempt(new RunState.Planned(NOON))
                .moved(new RunState.Cancelled(NOON, "x"), null, null);

        // Then
        assertThat(run.load()).isEmpty();
    }

    /** A rollback was interrupted, and somebody takes the rows back later. */
    @Test
    void aDoubtAfterTheEndIsAboutTheSameRows() {
        // Given
        RunState available = RunExamples.states().stream()
                .filter(RunState.Available.class::isInstance)
                .findFirst()
                .orElseThrow();
        RunState.Failed doubtful = new RunState.Failed(NOON, new Problem(Problem.Code.NOT_TAKEN_BACK, "x"));
        RunState.RolledBack rolledBack =
                new RunState.RolledBack(NOON, new Problem(Problem.Code.DEFINITION_ROLLED_BACK, "x"));

        // When
        Run run = RunExamples.run(new RunState.Planned(NOON))
                .moved(available, null, null)
                .moved(doubtful, null, null);

        // Then
        assertThat(run.load()).contains(new Run.Load(1, doubtful));
        assertThat(run.moved(rolledBack, null, null).load()).isEmpty();
    }

    /** The earlier rows were restored, or were never hidden. */
    @Test
    void whatALaterAttemptLoadedIsTakenBackWithoutTheRowsOfAnEarlierOne() {
        // Given
        RunState doubtful = new RunState.Failed(NOON, new Problem(Problem.Code.NOT_TAKEN_BACK, "x"));
        RunState available = RunExamples.states().stream()
                .filter(RunState.Available.class::isInstance)
                .findFirst()
                .orElseThrow();
        RunState.RolledBack rolledBack =
                new RunState.RolledBack(NOON, new Problem(Problem.Code.DEFINITION_ROLLED_BACK, "x"));
        Run loaded = RunExamples.run(new RunState.Planned(NOON))
                .moved(doubtful, null, null)
                .nextAttempt(new RunState.Planned(NOON))
                .moved(available, null, null);

        // When
        Run run = loaded.moved(rolledBack, null, null);

        // Then
        assertThat(run.takenBack()).contains(new Run.Load(2, available));
        assertThat(run.load()).contains(new Run.Load(1, doubtful));
        assertThat(loaded.mayHaveLoaded(rolledBack)).isTrue();
        assertThat(run.moved(rolledBack, null, null).load()).isEmpty();
    }

    @Test
    void theRollbackOfALaterAttemptLeavesTheRowsOfAnEarlierOne() {
        // Given
        RunState available = RunExamples.states().stream()
                .filter(RunState.Available.class::isInstance)
                .findFirst()
                .orElseThrow();

        // When
        Run run = RunExamples.run(new RunState.Planned(NOON))
                .moved(available, null, null)
                .nextAttempt(new RunState.Planned(NOON))
                .moved(new RunState.Submitted(NOON, "task"), null, null)
                .moved(new RunState.RolledBack(NOON, new Problem(Problem.Code.EXPECTATION, "x")), null, null);

        // Then
        assertThat(run.load()).contains(new Run.Load(1, available));
        assertThat(run.mayHaveLoaded()).isTrue();
    }

    @Test
    void aRunThatGoesOnHasNotEndedWithRowsYet() {
        // Given
        RunState doubtful = new RunState.Failed(NOON, new Problem(Problem.Code.NOT_TAKEN_BACK, "x"));

        // When
        Run run = RunExamples.run(new RunState.Planned(NOON))
                .moved(doubtful, null, null)
                .nextAttempt(new RunState.Planned(NOON));

        // Then
        assertThat(run.mayHaveLoaded()).isFalse();
        assertThat(run.load()).contains(new Run.Load(1, doubtful));
    }

    @Test
    void aKillLeavesNoRowsBehind() {
        // Given
        RunState available = RunExamples.states().stream()
                .filter(RunState.Available.class::isInstance)
                .findFirst()
                .orElseThrow();

        // Then
        assertThat(RunExamples.run("run-1", RunKind.KILL, available).mayHaveLoaded())
                .isFalse();
        assertThat(RunExamples.run("run-1", RunKind.COMPACT, available).mayHaveLoaded())
                .isTrue();
    }

    @Test
    void theLastPlannedStateTellsWhenTheAttemptWasPlanned() {
        // Given
        Run run = RunExamples.run(new RunState.Planned(NOON))
                .moved(new RunState.Failed(NOON, RunExamples.PROBLEM), null, null)
                .nextAttempt(new RunState.Planned(NOON.plusSeconds(60)))
                .moved(new RunState.Submitted(NOON.plusSeconds(90), "task"), null, null);

        // Then
        assertThat(run.attemptPlannedAt()).isEqualTo(NOON.plusSeconds(60));
        assertThat(RunExamples.run(new RunState.Planned(NOON.plusSeconds(9))).attemptPlannedAt())
                .isEqualTo(NOON.plusSeconds(9));
    }

    @Test
    void aRepeatedAttemptKeepsThePlanAndAFurtherOneMayHaveAnother() {
        // Given
        RunState.Failed failed = new RunState.Failed(NOON, RunExamples.PROBLEM);
        RunState.Planned later = new RunState.Planned(NOON.plusSeconds(60));
        Run ended = RunExamples.run(new RunState.Planned(NOON)).moved(failed, null, null);

        // When
        Run repeated = ended.nextAttempt(later);
        Run planned = ended.nextAttempt(later, 2, "hash", "spec", ended.timeLimit());

        // Then
        assertThat(repeated.planMadeAt()).isEqualTo(NOON);
        assertThat(planned.planMadeAt()).isEqualTo(NOON.plusSeconds(60));
    }
}
