package sluice.ingest.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.ingest.run.Problem;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.run.Transitions;
import sluice.platform.druid.TaskStatus;
import sluice.simulation.druid.DruidCall;

/** Tasks that run, that have to end, or that Druid does not know. */
class TaskFollowerTest extends FollowedTaskTest {

    private final Cancellation cancellation = fixture.bean(Cancellation.class);

    @Test
    void aTaskThatRunsMovesItsRun() {
        // Given
        Run run = inDruid();

        // When
        Run followed = follow(run);

        // Then
        assertThat(followed.state())
                .isInstanceOfSatisfying(RunState.Running.class, state -> assertThat(state.submittedAt())
                        .isEqualTo(run.state().since()));
    }

    @Test
    void aTaskThatStillRunsIsCheckedLater() {
        // Given
        Run running = follow(inDruid());
        fixture.clock.advance(Duration.ofMinutes(1));

        // When
        Run followed = follow(running);

        // Then
        assertThat(followed.state()).isEqualTo(running.state());
        assertThat(followed.dueAt()).isAfter(fixture.clock.instant());
    }

    @Test
    void aTaskOverItsTimeLimitIsShutDown() {
        // Given
        Run running = follow(inDruid());
        CountedCalls calls = new CountedCalls();
        fixture.druid.faults(calls);
        fixture.clock.advance(running.timeLimit().plusSeconds(1));

        // When
        Run followed = follow(running);

        // Then
        assertThat(calls.of(DruidCall.SHUTDOWN)).isEqualTo(1);
        assertThat(followed.state())
                .isInstanceOfSatisfying(RunState.Running.class, state -> assertThat(state.shutdownAt())
                        .isEqualTo(fixture.clock.instant()));
        assertThat(status(followed).code()).isEqualTo(TaskStatus.Code.FAILED);
    }

    @ParameterizedTest
    @CsvSource({"59, 0", "61, 1"})
    void aTaskThatDoesNotEndIsAskedAgainEveryMinute(int seconds, int calls) {
        // Given
        Run running = follow(inDruid());
        RunState.InDruid asked = ((RunState.InDruid) running.state()).cancelling(fixture.clock.instant(), "no");
        Run cancelled = fixture.bean(Transitions.class).postpone(running.changed(asked));
        CountedCalls counted = new CountedCalls();
        fixture.druid.faults(counted);
        fixture.clock.advance(Duration.ofSeconds(seconds));

        // When
        Run followed = follow(cancelled);

        // Then
        assertThat(counted.of(DruidCall.SHUTDOWN)).isEqualTo(calls);
        assertThat(followed.state()).isInstanceOf(RunState.Running.class);
    }

    @Test
    void aTaskThatWasShutDownForItsTimeLimitTimesItsRunOut() {
        // Given
        Run running = follow(inDruid());
        fixture.clock.advance(running.timeLimit().plusSeconds(1));
        Run asked = follow(running);

        // When
        Run followed = follow(asked);

        // Then
        assertThat(followed.state()).isInstanceOfSatisfying(RunState.TimedOut.class, end -> {
            assertThat(end.problem().code()).isEqualTo(Problem.Code.TIME_LIMIT);
            assertThat(end.problem().message()).contains("PT4H");
        });
    }

    @Test
    void aTaskThatWasShutDownForACancellationCancelsItsRun() {
        // Given
        Run running = follow(inDruid());
        cancellation.cancel(running.id(), "not needed");

        // When
        Run followed = follow(stored(running));

        // Then
        assertThat(followed.state()).isEqualTo(new RunState.Cancelled(fixture.clock.instant(), "not needed"));
    }

    @Test
    void aTaskThatDruidDoesNotKnowIsLostAfterAWhile() {
        // Given
        Run run = forgotten(inDruid());

        // When
        Run followed = follow(run);

        // Then
        assertThat(run.setbacks()).isEqualTo(PATIENCE);
        assertThat(run.lastError()).startsWith("Druid does not know task");
        assertThat(followed.state()).isInstanceOf(RunState.Planned.class);
        assertThat(followed.attempt()).isEqualTo(2);
        assertThat(lastEnd(followed).problem().code()).isEqualTo(Problem.Code.TASK_LOST);
    }

    @Test
    void aCancelledTaskThatDruidDoesNotKnowIsCancelled() {
        // Given
        Run running = follow(inDruid());
        cancellation.cancel(running.id(), "not needed");
        Run run = forgotten(stored(running));

        // When
        Run followed = follow(run);

        // Then
        assertThat(followed.state()).isInstanceOf(RunState.Cancelled.class);
    }

    @Test
    void aTaskOverItsTimeLimitThatDruidDoesNotKnowIsTimedOut() {
        // Given
        Run running = follow(inDruid());
        fixture.clock.advance(running.timeLimit().plusSeconds(1));
        Run run = forgotten(follow(running));

        // When
        Run followed = follow(run);

        // Then
        assertThat(followed.state()).isInstanceOf(RunState.TimedOut.class);
    }

    /** Makes Druid forget the run's task, and follows the run as long as that does not count. */
    private Run forgotten(Run run) {
        fixture.druid.forget(run.taskId());
        Run followed = run;
        for (int time = 0; time < PATIENCE; time++) {
            followed = follow(followed);
        }
        return followed;
    }
}
