package sluice.ingest.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.ingest.IngestFixture;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.submission.Submitter;
import sluice.platform.druid.DruidException;
import sluice.platform.druid.TaskStatus;
import sluice.simulation.druid.CallFault;
import sluice.simulation.druid.CallFaults;
import sluice.simulation.druid.DruidCall;

class CancellationTest {

    private final IngestFixture fixture = new IngestFixture();
    private final Cancellation cancellation = fixture.bean(Cancellation.class);

    @Test
    void thereIsNoSuchRun() {
        assertThat(cancellation.cancel("unknown", "not needed")).isEmpty();
    }

    @Test
    void aRunThatDruidDoesNotHaveEndsAtOnce() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);

        // When
        Optional<Run> cancelled = cancellation.cancel(run.id(), "not needed");

        // Then
        assertThat(cancelled).contains(fixture.stored(run));
        assertThat(fixture.stored(run).state())
                .isEqualTo(new RunState.Cancelled(fixture.clock.instant(), "not needed"));
        assertThat(fixture.events()).endsWith("sluice.run.cancelled");
    }

    @Test
    void aRunThatDruidMayHaveWaitsForTheEndOfItsTask() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);
        fixture.druid.faults(
                CallFaults.once(DruidCall.SUBMIT, new CallFault.AnswerLost(DruidException.Code.TIMED_OUT)));
        fixture.bean(Submitter.class).submit(run.id());

        // When
        Optional<Run> cancelled = cancellation.cancel(run.id(), "not needed");

        // Then
        assertThat(cancelled.orElseThrow().state()).isInstanceOfSatisfying(RunState.Running.class, state -> {
            assertThat(state.taskId()).isEqualTo(run.taskId());
            assertThat(state.cancelReason()).isEqualTo("not needed");
        });
        assertThat(code(run)).isEqualTo(TaskStatus.Code.FAILED);
    }

    @Test
    void aTaskIsShutDownAndItsRunWaitsForItsEnd() {
        // Given
        Run run = inDruid();
        fixture.clock.advance(Duration.ofMinutes(1));

        // When
        Optional<Run> cancelled = cancellation.cancel(run.id(), "not needed");

        // Then
        assertThat(cancelled.orElseThrow().state()).isInstanceOfSatisfying(RunState.Running.class, state -> {
            assertThat(state.cancelReason()).isEqualTo("not needed");
            assertThat(state.shutdownAt()).isEqualTo(fixture.clock.instant());
        });
        assertThat(code(run)).isEqualTo(TaskStatus.Code.FAILED);
    }

    @Test
    void aRequestThatIsLostLeavesTheReasonOnTheRun() {
        // Given
        Run run = inDruid();
        fixture.druid.faults(
                CallFaults.once(DruidCall.SHUTDOWN, new CallFault.Refused(DruidException.Code.UNAVAILABLE)));

        // When
        Throwable failure = catchThrowable(() -> cancellation.cancel(run.id(), "not needed"));

        // Then
        assertThat(failure).isInstanceOf(DruidException.class);
        assertThat(((RunState.InDruid) fixture.stored(run).state()).cancelReason())
                .isEqualTo("not needed");
        assertThat(code(run)).isEqualTo(TaskStatus.Code.RUNNING);
    }

    @Test
    void aRunOfAClusterThatIsGoneIsMarkedOnly() {
        // Given
        Run run = inDruid();
        fixture.clusters.remove("main");

        // When
        Optional<Run> cancelled = cancellation.cancel(run.id(), "not needed");

        // Then
        assertThat(((RunState.InDruid) cancelled.orElseThrow().state()).cancelReason())
                .isEqualTo("not needed");
        assertThat(code(run)).isEqualTo(TaskStatus.Code.RUNNING);
    }

    @Test
    void aRunWhoseTaskHasEndedStaysAsItIs() {
        // Given
        Run succeeded = fixture.succeeded(fixture.planned("replace", "a.json", 3));

        // When
        Optional<Run> cancelled = cancellation.cancel(succeeded.id(), "too late");

        // Then
        assertThat(cancelled).contains(succeeded);
    }

    private Run inDruid() {
        return fixture.inDruid(IngestFixture.definition("replace"), "a.json", 3);
    }

    private TaskStatus.Code code(Run run) {
        return fixture.druid
                .tasks()
                .statuses(List.of(run.taskId()))
                .get(run.taskId())
                .code();
    }
}
