package sluice.ingest.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static sluice.ingest.IngestFixture.DAY;
import static sluice.ingest.IngestFixture.FEED;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.core.batch.InputObject;
import sluice.ingest.IngestFixture;
import sluice.ingest.ledger.Ledger;
import sluice.ingest.ledger.LedgerEntry;
import sluice.ingest.run.LeaseStore;
import sluice.ingest.run.Problem;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;
import sluice.ingest.run.StaleRunException;
import sluice.platform.state.StateException;
import sluice.simulation.TableCall;

class RunCompletionTest {

    private static final Problem BROKEN = new Problem(Problem.Code.TASK_FAILED, "it broke");
    private static final Problem LOST = new Problem(Problem.Code.TASK_LOST, "it is lost");
    private final IngestFixture fixture = new IngestFixture();
    private final RunCompletion completion = fixture.bean(RunCompletion.class);
    private final LeaseStore leases = fixture.bean(LeaseStore.class);

    @Test
    void aRunThatFailsNotesItsErrorAndReturnsItsLease() {
        // Given
        Run run = inDruid("replace");

        // When
        completion.fail(run, state(run), BROKEN, List.of("line 3 is broken"));

        // Then
        assertThat(stored(run).state()).isEqualTo(new RunState.Failed(fixture.clock.instant(), BROKEN));
        assertThat(entry(run))
                .isEqualTo(new LedgerEntry(
                        "Failed",
                        run.id(),
                        null,
                        null,
                        "line 3 is broken",
                        new LedgerEntry.End(false, fixture.clock.instant(), run.definitionHash())));
        assertThat(leases.held(FEED)).isEmpty();
        assertThat(fixture.events()).endsWith("sluice.run.failed");
    }

    @ParameterizedTest
    @CsvSource({"1, Failed, 1", "2, Planned, 2", "3, Planned, 2"})
    void aProblemThatMayNotComeAgainIsTriedAgain(String attempts, String state, int attempt) {
        // Given
        IngestFixture other = new IngestFixture(Map.of("sluice.attempts", attempts));
        Run run = other.inDruid(IngestFixture.definition("replace"), "a.json", 3);

        // When
        other.bean(RunCompletion.class).fail(run, state(run), LOST, List.of());

        // Then
        assertThat(other.stored(run).state().label()).isEqualTo(state);
        assertThat(other.stored(run).attempt()).isEqualTo(attempt);
    }

    /** Two functions have read the run, and judge it differently. */
    @ParameterizedTest
    @ValueSource(strings = {"replace", "append"})
    void theLedgerKeepsTheEndOfWhoeverWasFaster(String mode) {
        // Given
        Run run = inDruid(mode);
        completion.fail(run, state(run), new Problem(Problem.Code.OBJECTS_CHANGED, "x"), List.of());

        // When
        Throwable failure = catchThrowable(
                () -> completion.fail(run, state(run), new Problem(Problem.Code.NOT_TAKEN_BACK, "x"), List.of()));

        // Then
        assertThat(failure).isInstanceOf(StaleRunException.class);
        assertThat(stored(run).mayHaveLoaded()).isFalse();
        assertThat(entry(run).end()).isNotNull();
        assertThat(entry(run).end().loaded()).isFalse();
    }

    @Test
    void aSlowFunctionDoesNotWriteTheLedgerOverTheEndOfAFasterOne() {
        // Given
        Run run = inDruid("append");
        Run slow = fixture.bean(RunStore.class).save(run);
        Run read = stored(run);
        completion.fail(read, state(read), new Problem(Problem.Code.OBJECTS_CHANGED, "x"), List.of());
        RunState.Failed doubtful =
                state(slow).failed(fixture.clock.instant(), new Problem(Problem.Code.NOT_TAKEN_BACK, "x"));

        // When
        fixture.bean(Ledger.class)
                .ended(slow, doubtful, fixture.bean(RunStore.class).plan(slow).objects(), null, List.of());

        // Then
        assertThat(entry(run).end().loaded()).isFalse();
    }

    @Test
    void aFurtherAttemptKeepsTheLease() {
        // Given
        Run run = inDruid("replace");

        // When
        completion.fail(run, state(run), LOST, List.of());

        // Then
        assertThat(leases.holder(FEED, DAY)).contains(stored(run));
        assertThat(fixture.events()).endsWith("sluice.run.failed", "sluice.run.planned");
    }

    @Test
    void aRunThatTimesOutNotesWhy() {
        // Given
        Run run = inDruid("replace");
        Problem late = new Problem(Problem.Code.TIME_LIMIT, "too late");

        // When
        completion.timedOut(run, new RunState.TimedOut(fixture.clock.instant(), late));

        // Then
        assertThat(stored(run).state()).isInstanceOf(RunState.TimedOut.class);
        assertThat(entry(run))
                .isEqualTo(new LedgerEntry(
                        "TimedOut",
                        run.id(),
                        null,
                        null,
                        "too late",
                        new LedgerEntry.End(false, fixture.clock.instant(), run.definitionHash())));
    }

    @Test
    void aRunWhoseStateCannotBeWrittenEndsOnceMore() {
        // Given
        Run run = inDruid("replace");
        fixture.failures.timeOutBefore(call -> call.kind() == TableCall.Kind.TRANSACT);
        Throwable failure = catchThrowable(() -> completion.fail(run, state(run), BROKEN, List.of()));

        // When
        completion.fail(stored(run), state(run), BROKEN, List.of());

        // Then
        assertThat(failure).isInstanceOf(StateException.class);
        assertThat(stored(run).state()).isInstanceOf(RunState.Failed.class);
        assertThat(entry(run).state()).isEqualTo("Failed");
    }

    @Test
    void aRunThatAnotherFunctionHasEndedIsStale() {
        // Given
        Run run = inDruid("replace");
        completion.fail(run, state(run), BROKEN, List.of());

        // When
        Throwable failure = catchThrowable(() -> completion.fail(run, state(run), BROKEN, List.of()));

        // Then
        assertThat(failure).isInstanceOf(StaleRunException.class);
    }

    private Run inDruid(String mode) {
        return fixture.inDruid(IngestFixture.definition(mode), "a.json", 3);
    }

    private static RunState.Live state(Run run) {
        return (RunState.Live) run.state();
    }

    private Run stored(Run run) {
        return fixture.stored(run);
    }

    private LedgerEntry entry(Run run) {
        InputObject object = fixture.bean(RunStore.class).plan(run).objects().get(0);
        return fixture.bean(Ledger.class).find(object.version(), FEED).orElseThrow();
    }
}
