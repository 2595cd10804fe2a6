package sluice.ingest.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.ingest.IngestFixture.FEED;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.ingest.run.Problem;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.run.Transitions;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidException;
import sluice.platform.druid.TaskStatus;
import sluice.simulation.Intercepted;
import sluice.simulation.druid.CallFault;
import sluice.simulation.druid.CallFaults;
import sluice.simulation.druid.DruidCall;

/** What Druid answers to a task, or does not. */
class SubmissionAnswersTest extends SubmissionTest {

    @Test
    void aTaskThatDruidHasAlreadyIsAdopted() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);
        fixture.druid.faults(
                CallFaults.once(DruidCall.SUBMIT, new CallFault.AnswerLost(DruidException.Code.TIMED_OUT)));
        submitter.submit(run.id());
        Run setBack = stored(run);

        // When
        submitter.submit(run.id());

        // Then
        assertThat(setBack.state()).isInstanceOf(RunState.Planned.class);
        assertThat(setBack.setbacks()).isEqualTo(1);
        assertThat(setBack.lastError()).contains("SUBMIT: answer lost");
        assertThat(stored(run).state()).isInstanceOf(RunState.Submitted.class);
    }

    @Test
    void anotherTaskUnderTheIdIsLeftAlone() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);
        fixture.druid.tasks().submit(run.taskId(), "{\"type\": \"noop\"}");

        // When
        submitter.submit(run.id());

        // Then
        assertProblem(run, Problem.Code.TASK_CONFLICT, "whose spec hash is ''");
        assertThat(stored(run).mayHaveLoaded()).isTrue();
        assertThat(task(run).path("type").asText()).isEqualTo("noop");
        assertThat(status(run)).isEqualTo(TaskStatus.Code.RUNNING);
    }

    @Test
    void aTaskThatCannotBeComparedIsTriedLater() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);
        fixture.druid.tasks().submit(run.taskId(), "{\"type\": \"noop\"}");
        fixture.druid.faults(
                CallFaults.once(DruidCall.FIND_TASK, new CallFault.Refused(DruidException.Code.UNAVAILABLE)));

        // When
        submitter.submit(run.id());

        // Then
        assertThat(stored(run).state()).isInstanceOf(RunState.Planned.class);
        assertThat(stored(run).lastError()).contains("FIND_TASK");
    }

    @Test
    void aTaskThatDruidHasAndDoesNotShowIsComparedLater() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);
        fixture.druid.faults(CallFaults.once(DruidCall.SUBMIT, new CallFault.Repeated()));
        fixture.clusters.add(Intercepted.of(
                DruidCluster.class,
                fixture.druid,
                (name, arguments, original) ->
                        name.equals("DruidTasks.find") ? Optional.empty() : original.call(arguments)));

        // When
        submitter.submit(run.id());

        // Then
        assertThat(stored(run).state()).isInstanceOf(RunState.Planned.class);
        assertThat(stored(run).lastError()).contains(run.taskId());
    }

    @Test
    void aTaskThatDruidRefusesEndsTheRun() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);
        Run broken = withSpec(run, "{\"type\": \"nonsense\"}");

        // When
        submitter.submit(broken.id());

        // Then
        assertThat(stored(broken).state()).isInstanceOfSatisfying(RunState.Refused.class, refused -> {
            assertThat(refused.problem().code()).isEqualTo(Problem.Code.REFUSED_BY_DRUID);
            assertThat(refused.problem().message()).contains("nonsense");
        });
        assertThat(leases.held(FEED)).isEmpty();
    }

    @Test
    void aCallThatDruidRefusesForGoodEndsTheRun() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);
        fixture.druid.faults(
                CallFaults.once(DruidCall.USED_SEGMENTS, new CallFault.Refused(DruidException.Code.REFUSED)));

        // When
        submitter.submit(run.id());

        // Then
        assertThat(stored(run).state()).isInstanceOfSatisfying(RunState.Refused.class, refused -> assertThat(
                        refused.problem().code())
                .isEqualTo(Problem.Code.REFUSED_BY_DRUID));
    }

    @Test
    void aClusterThatDoesNotAnswerIsTriedForTwoDays() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);
        fixture.druid.faults((call, subject) -> Optional.of(new CallFault.Refused(DruidException.Code.UNAVAILABLE)));
        fixture.clock.advance(Duration.ofDays(2));
        submitter.submit(run.id());
        Run waiting = stored(run);
        fixture.clock.advance(Duration.ofSeconds(1));

        // When
        submitter.submit(run.id());

        // Then
        assertThat(waiting.state()).isInstanceOf(RunState.Planned.class);
        assertProblem(run, Problem.Code.UNREACHABLE, "TASK_TABLE: refused");
        assertThat(leases.held(FEED)).isEmpty();
    }

    @Test
    void aRunWaitsForAClusterThatTheEnvironmentDoesNotHave() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);
        fixture.clusters.remove("main");

        // When
        submitter.submit(run.id());

        // Then
        assertThat(fixture.stored(run).state()).isEqualTo(run.state());
        assertThat(fixture.stored(run).lastError()).contains("no cluster main, only [other]");
    }

    @ParameterizedTest
    @EnumSource(names = {"REFUSED", "NOT_FOUND"})
    void aRefusalOfTheRepeatedCallDoesNotEndTheRunOfATaskThatDruidHas(DruidException.Code code) {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);
        fixture.druid.faults(CallFaults.once(DruidCall.SUBMIT, new CallFault.AnswerLost(code)));

        // When
        submitter.submit(run.id());

        // Then
        assertThat(stored(run).state()).isInstanceOf(RunState.Submitted.class);
    }

    @Test
    void aRefusalAfterALostAnswerDoesNotEndTheRunOfATaskThatDruidHas() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);
        fixture.druid.faults(
                CallFaults.once(DruidCall.SUBMIT, new CallFault.AnswerLost(DruidException.Code.TIMED_OUT)));
        submitter.submit(run.id());
        fixture.druid.faults(CallFaults.once(DruidCall.SUBMIT, new CallFault.Refused(DruidException.Code.REFUSED)));
        submitter.submit(run.id());
        Run refused = stored(run);

        // When
        submitter.submit(run.id());

        // Then
        assertThat(refused.state()).isInstanceOf(RunState.Planned.class);
        assertThat(stored(run).state()).isInstanceOf(RunState.Submitted.class);
    }

    @Test
    void aRunThatDruidMayHaveIsNotGivenUpInAnOutage() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);
        fixture.druid.faults(
                CallFaults.once(DruidCall.SUBMIT, new CallFault.AnswerLost(DruidException.Code.TIMED_OUT)));
        submitter.submit(run.id());
        fixture.druid.faults((call, subject) -> Optional.of(new CallFault.Refused(DruidException.Code.UNAVAILABLE)));
        fixture.clock.advance(Duration.ofDays(3));

        // When
        submitter.submit(run.id());

        // Then
        assertThat(stored(run).state()).isInstanceOf(RunState.Planned.class);
        assertThat(stored(run).dueAt()).isNotNull();
        assertThat(stored(run).lastError()).contains("SUBMIT: refused");
    }

    /** Replaces a planned run by one with the same chunk whose task is this. */
    private Run withSpec(Run run, String spec) {
        fixture.bean(Transitions.class)
                .move(run, ((RunState.Live) run.state()).cancelled(fixture.clock.instant(), "replaced by the test"));
        return TaskRunsTest.storedWith(fixture, spec);
    }

    private void assertProblem(Run run, Problem.Code code, String message) {
        assertThat(stored(run).state()).isInstanceOfSatisfying(RunState.Failed.class, failed -> {
            assertThat(failed.problem().code()).isEqualTo(code);
            assertThat(failed.problem().message()).contains(message);
        });
    }
}
