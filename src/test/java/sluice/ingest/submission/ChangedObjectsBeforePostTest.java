package sluice.ingest.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.ingest.IngestFixture.FEED;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.core.batch.InputObject;
import sluice.ingest.IngestFixture;
import sluice.ingest.ledger.Ledger;
import sluice.ingest.run.LeaseStore;
import sluice.ingest.run.Problem;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;
import sluice.ingest.run.Transitions;
import sluice.platform.druid.DruidException;
import sluice.simulation.druid.CallFault;
import sluice.simulation.druid.CallFaults;
import sluice.simulation.druid.DruidCall;

/** Druid reads what is under a key when its task runs, so a run whose objects are no longer those of its plan is not posted. */
class ChangedObjectsBeforePostTest {

    private final IngestFixture fixture = new IngestFixture();
    private final Submitter submitter = fixture.bean(Submitter.class);

    @ParameterizedTest
    @ValueSource(strings = {"replace", "append"})
    void aRunWhoseObjectWasOverwrittenIsPlannedAnew(String mode) {
        // Given
        Run run = fixture.planned(mode, "a.json", 3);
        overwrite("a.json");

        // When
        submitter.submit(run.id());

        // Then
        assertNotPosted(run, "1 of the objects");
    }

    @ParameterizedTest
    @ValueSource(strings = {"replace", "append"})
    void aRunWhoseObjectIsGoneIsPlannedAnew(String mode) {
        // Given
        Run run = fixture.planned(mode, "a.json", 3);
        fixture.delete(object(run));

        // When
        submitter.submit(run.id());

        // Then
        assertNotPosted(run, "1 of the objects");
    }

    @ParameterizedTest
    @ValueSource(strings = {"replace", "append"})
    void theLedgerSaysThatAnObjectOfTheRunIsNotLoaded(String mode) {
        // Given
        Run run = fixture.planned(mode, "a.json", 3);
        InputObject planned = object(run);
        overwrite("a.json");

        // When
        submitter.submit(run.id());

        // Then
        assertThat(fixture.bean(Ledger.class).find(planned.version(), FEED)).hasValueSatisfying(entry -> {
            assertThat(entry.state()).isEqualTo("Failed");
            assertThat(entry.end()).isNotNull();
            assertThat(entry.end().loaded()).isFalse();
            assertThat(entry.end().heldUnder()).isNull();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"replace", "append"})
    void aFurtherAttemptWithTheSamePlanIsComparedToo(String mode) {
        // Given
        Run run = fixture.inDruid(IngestFixture.definition(mode), "a.json", 3);
        Problem lost = new Problem(Problem.Code.TASK_LOST, "lost");
        Run second = fixture.bean(Transitions.class)
                .repeat(run, ((RunState.Live) run.state()).failed(fixture.clock.instant(), lost));
        overwrite("a.json");

        // When
        submitter.submit(second.id());

        // Then
        assertThat(second.attempt()).isEqualTo(2);
        assertNotPosted(second, "1 of the objects");
    }

    @Test
    void aRunThatWaitedForItsChunkIsCompared() {
        // Given
        Run holder = fixture.planned("replace", "a.json", 3);
        submitter.submit(holder.id());
        Run run = fixture.planned("replace", "b.json", 3);
        submitter.submit(run.id());
        overwrite("b.json");
        fixture.available(fixture.stored(holder));

        // When
        submitter.submit(run.id());

        // Then
        assertThat(fixture.stored(run).history()).hasAtLeastOneElementOfType(RunState.Waiting.class);
        assertNotPosted(run, "1 of the objects");
    }

    /** Another submitter may post it at this moment, so the run does not end before Druid says what became of its task. */
    @Test
    void aRunThatMayBePostedIsLeftToWhoeverFollowsItsTask() {
        // Given
        Run run = fixture.planned("append", "a.json", 3);
        fixture.druid.faults(CallFaults.once(DruidCall.SUBMIT, new CallFault.Refused(DruidException.Code.UNAVAILABLE)));
        submitter.submit(run.id());
        overwrite("a.json");

        // When
        submitter.submit(run.id());

        // Then
        assertThat(fixture.stored(run).state()).isInstanceOf(RunState.Submitted.class);
        assertThat(fixture.druid.tasks().find(run.taskId())).isEmpty();
        assertThat(fixture.bean(LeaseStore.class).held(FEED)).isNotEmpty();
    }

    @Test
    void aTaskThatDruidHasIsAdoptedWhateverHasChanged() {
        // Given
        Run run = fixture.planned("append", "a.json", 3);
        fixture.druid.faults(
                CallFaults.once(DruidCall.SUBMIT, new CallFault.AnswerLost(DruidException.Code.TIMED_OUT)));
        submitter.submit(run.id());
        overwrite("a.json");

        // When
        submitter.submit(run.id());

        // Then
        assertThat(fixture.stored(run).state()).isInstanceOf(RunState.Submitted.class);
        assertThat(fixture.druid.tasks().find(run.taskId())).isPresent();
    }

    private void overwrite(String name) {
        fixture.clock.advance(Duration.ofSeconds(1));
        fixture.upload(name, 5);
    }

    private InputObject object(Run run) {
        return fixture.bean(RunStore.class).plan(run).objects().get(0);
    }

    private void assertNotPosted(Run run, String message) {
        assertThat(fixture.stored(run).state()).isInstanceOfSatisfying(RunState.Failed.class, failed -> {
            assertThat(failed.problem().code()).isEqualTo(Problem.Code.OBJECTS_CHANGED);
            assertThat(failed.problem().message()).startsWith(message);
        });
        assertThat(fixture.druid.tasks().find(run.taskId())).isEmpty();
        assertThat(fixture.bean(RunStore.class).segmentMark(run)).isEmpty();
        assertThat(fixture.bean(LeaseStore.class).held(FEED)).isEmpty();
    }
}
