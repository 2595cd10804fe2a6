package sluice.ingest.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static sluice.ingest.IngestFixture.DAY;
import static sluice.ingest.IngestFixture.FEED;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import sluice.ingest.run.Problem;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.run.StaleRunException;
import sluice.ingest.tracking.Cancellation;
import sluice.platform.druid.TaskStatus;
import sluice.platform.state.Key;
import sluice.simulation.TableCall;
import sluice.simulation.druid.CallFault;
import sluice.simulation.druid.CallFaults;
import sluice.simulation.druid.DruidCall;
import sluice.simulation.druid.InputRows;

/** Two runs want one time chunk, or a run ends while its task is posted. */
class SubmissionContestTest extends SubmissionTest {

    private static final Predicate<TableCall> LEASE = call ->
            call.kind() == TableCall.Kind.TRANSACT && call.keys().get(0).pk().startsWith("lease#");

    @Test
    void aRunWaitsForTheOneThatHoldsItsChunk() {
        // Given
        Run holder = fixture.planned("replace", "a.json", 3);
        submitter.submit(holder.id());
        Run run = fixture.planned("replace", "b.json", 3);

        // When
        submitter.submit(run.id());

        // Then
        assertThat(stored(run).state()).isEqualTo(new RunState.Waiting(fixture.clock.instant(), holder.id()));
        assertThat(fixture.druid.tasks().find(run.taskId())).isEmpty();
    }

    @Test
    void aRunThatWaitsSaysForWhat() {
        // Given
        Run holder = fixture.planned("replace", "a.json", 3);
        submitter.submit(holder.id());
        Run run = fixture.planned("replace", "b.json", 3);
        submitter.submit(run.id());

        // When
        submitter.submit(run.id());

        // Then
        assertThat(stored(run).state()).isInstanceOf(RunState.Waiting.class);
        assertThat(stored(run).lastError()).isEqualTo("run " + holder.id() + " writes the same time chunk");
    }

    @Test
    void aRunGetsItsTurnWhenTheOtherHasEnded() {
        // Given
        Run holder = fixture.planned("replace", "a.json", 3);
        submitter.submit(holder.id());
        Run run = fixture.planned("replace", "b.json", 3);
        submitter.submit(run.id());
        fixture.druid.settle();
        fixture.available(stored(holder));

        // When
        submitter.submit(run.id());

        // Then
        assertThat(stored(run).state()).isInstanceOf(RunState.Submitted.class);
    }

    @Test
    void twoThatAskForAChunkAtTheSameMomentWait() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);
        fixture.failures.conflict(LEASE);

        // When
        submitter.submit(run.id());

        // Then
        assertThat(stored(run).state()).isEqualTo(new RunState.Waiting(fixture.clock.instant(), null));
    }

    @Test
    void aRunThatWaitsIsSetBackWhenItContends() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);
        fixture.failures.conflict(LEASE).conflict(LEASE);
        submitter.submit(run.id());

        // When
        submitter.submit(run.id());

        // Then
        assertThat(stored(run).lastError()).isEqualTo("another run asked for the same time chunk at the same moment");
    }

    @Test
    void aRunThatIsCancelledWhileItsTaskIsPostedWaitsForTheEndOfTheTask() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);
        during(DruidCall.SUBMIT, () -> fixture.bean(Cancellation.class).cancel(run.id(), "not needed"));

        // When
        Throwable failure = catchThrowable(() -> submitter.submit(run.id()));

        // Then
        assertThat(failure).isInstanceOf(StaleRunException.class);
        assertThat(stored(run).state())
                .isInstanceOfSatisfying(RunState.Running.class, state -> assertThat(state.cancelReason())
                        .isEqualTo("not needed"));
        assertThat(leases.holder(FEED, DAY)).isPresent();
    }

    @Test
    void ofTwoSubmittersTheSlowerLeavesTheTaskToTheFaster() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);
        during(DruidCall.SUBMIT, () -> submitter.submit(run.id()));

        // When
        Throwable failure = catchThrowable(() -> submitter.submit(run.id()));

        // Then
        assertThat(failure).isInstanceOf(StaleRunException.class);
        assertThat(stored(run).state()).isInstanceOf(RunState.Submitted.class);
        assertThat(status(run)).isEqualTo(TaskStatus.Code.RUNNING);
    }

    @Test
    void aRunThatIsSupersededBeforeItsTaskIsPostedIsNotPosted() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);
        during(DruidCall.USED_SEGMENTS, () -> fixture.planned("replace", "b.json", 3));

        // When
        Throwable failure = catchThrowable(() -> submitter.submit(run.id()));

        // Then
        assertThat(failure).isInstanceOf(StaleRunException.class);
        assertThat(stored(run).state()).isInstanceOf(RunState.Superseded.class);
        assertThat(fixture.druid.tasks().find(run.taskId())).isEmpty();
        assertThat(runs.segmentMark(run)).isEmpty();
    }

    @Test
    void aRunThatIsCancelledBeforeItsTaskIsPostedIsNotPosted() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);
        during(DruidCall.USED_SEGMENTS, () -> fixture.bean(Cancellation.class).cancel(run.id(), "not needed"));

        // When
        Throwable failure = catchThrowable(() -> submitter.submit(run.id()));

        // Then
        assertThat(failure).isInstanceOf(StaleRunException.class);
        assertThat(stored(run).state()).isInstanceOf(RunState.Cancelled.class);
        assertThat(fixture.druid.tasks().find(run.taskId())).isEmpty();
    }

    @Test
    void aSupersededRunReturnsItsLeases() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);
        leases.take(run);

        // When
        fixture.planned("replace", "b.json", 3);

        // Then
        assertThat(stored(run).state()).isInstanceOf(RunState.Superseded.class);
        assertThat(fixture.table.items()).noneMatch(item -> Key.of(item).pk().startsWith("lease#"));
    }

    @Test
    void aDelayedSubmitterDoesNotOverwriteTheSnapshot() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);
        fixture.druid.others().replace("wiki", DAY, InputRows.at(DAY.start(), 7));
        fixture.druid.settle();
        List<String> before = fixture.druid.usedSegments("wiki");
        during(DruidCall.USED_SEGMENTS, () -> {
            submitter.submit(run.id());
            fixture.clock.advance(Duration.ofSeconds(1));
            fixture.druid.settle();
        });

        // When
        Throwable failure = catchThrowable(() -> submitter.submit(run.id()));

        // Then
        assertThat(failure).isInstanceOf(StaleRunException.class);
        assertThat(fixture.druid.usedSegments("wiki")).hasSize(2);
        assertThat(runs.segmentMark(run).orElseThrow().before()).containsExactlyElementsOf(before);
    }

    @Test
    void aTaskWhoseRunHasEndedWhileItWasPostedIsShutDown() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);
        during(DruidCall.SUBMIT, () -> fixture.failed(stored(run), Problem.Code.TASK_LOST));

        // When
        Throwable failure = catchThrowable(() -> submitter.submit(run.id()));

        // Then
        assertThat(failure).isInstanceOf(StaleRunException.class);
        assertThat(status(run)).isEqualTo(TaskStatus.Code.FAILED);
    }

    /** Does something in the middle of the first such call, before it takes effect. */
    private void during(DruidCall moment, Runnable something) {
        fixture.druid.faults(new CallFaults() {
            private boolean isDone;

            @Override
            public Optional<CallFault> next(DruidCall call, String subject) {
                if (call == moment && !isDone) {
                    isDone = true;
                    something.run();
                }
                return Optional.empty();
            }
        });
    }
}
