package sluice.ingest.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static sluice.ingest.IngestFixture.DAY;
import static sluice.ingest.IngestFixture.FEED;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.core.batch.InputObject;
import sluice.core.batch.RunKind;
import sluice.ingest.IngestFixture;
import sluice.ingest.ledger.Ledger;
import sluice.ingest.ledger.LedgerEntry;
import sluice.ingest.run.Counts;
import sluice.ingest.run.LeaseStore;
import sluice.ingest.run.Problem;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunExamples;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;
import sluice.ingest.run.SegmentSnapshot;
import sluice.platform.druid.DruidException;
import sluice.platform.state.Key;
import sluice.simulation.druid.CallFault;
import sluice.simulation.druid.CallFaults;
import sluice.simulation.druid.DruidCall;
import sluice.simulation.druid.Fate;
import sluice.simulation.druid.InputRows;
import sluice.simulation.druid.Lags;

class AvailabilityCheckTest {

    private static final Duration LIMIT = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final IngestFixture fixture = new IngestFixture();
    private final AvailabilityCheck availability = fixture.bean(AvailabilityCheck.class);
    private final RunStore runs = fixture.bean(RunStore.class);
    private final LoadHistory history = fixture.bean(LoadHistory.class);

    @Test
    void aRunIsAvailableOnceItsRowsAreProven() {
        // Given
        Run run = loaded("replace");

        // When
        Run checked = check(run);

        // Then
        assertThat(checked.state()).isInstanceOfSatisfying(RunState.Available.class, end -> {
            assertThat(end.counts().read()).isEqualTo(3);
            assertThat(end.counts().rows()).isEqualTo(3);
        });
        assertThat(entry(checked))
                .isEqualTo(new LedgerEntry(
                        "Available",
                        run.id(),
                        null,
                        3L,
                        null,
                        new LedgerEntry.End(true, checked.state().since(), null)));
        assertThat(history.find(FEED).orElseThrow().rowsRead()).isEqualTo(3);
        assertThat(fixture.bean(LeaseStore.class).held(FEED)).isEmpty();
        assertThat(fixture.events()).endsWith("sluice.run.available");
    }

    @Test
    void segmentsThatAreNotServedYetAreWaitedFor() {
        // Given
        fixture.druid.lags(Lags.NONE.served(Duration.ofDays(1)));
        Run run = loaded("replace");
        fixture.clock.advance(LIMIT);

        // When
        Run checked = check(run);

        // Then
        assertThat(checked.state()).isInstanceOf(RunState.Succeeded.class);
        assertThat(checked.dueAt()).isAfter(fixture.clock.instant());
    }

    @Test
    void segmentsThatAreNeverServedTimeTheRunOut() {
        // Given
        fixture.druid.lags(Lags.NONE.served(Duration.ofDays(1)));
        Run run = loaded("replace");
        fixture.clock.advance(LIMIT.plusSeconds(1));

        // When
        Run checked = check(run);

        // Then
        assertThat(checked.state()).isInstanceOfSatisfying(RunState.TimedOut.class, end -> {
            assertThat(end.problem().code()).isEqualTo(Problem.Code.NOT_AVAILABLE);
            assertThat(end.problem().message())
                    .contains("1 segments were published and are not served")
                    .endsWith("(waited for PT1H)");
        });
        assertThat(entry(checked).error()).contains("waited for PT1H");
    }

    @Test
    void countsThatDisagreeAreCheckedAgain() {
        // Given
        Run run = doubled("replace");
        fixture.clock.advance(PATIENCE.minusSeconds(1));

        // When
        Run checked = check(run);

        // Then
        assertThat(checked.state()).isInstanceOf(RunState.Succeeded.class);
        assertThat(fixture.druid.usedSegments("wiki")).hasSize(1);
    }

    @Test
    void countsThatStillDisagreeAreTakenBackAndLoadedAgain() {
        // Given
        Run run = doubled("replace");
        fixture.clock.advance(PATIENCE);

        // When
        Run checked = check(run);

        // Then
        assertThat(checked.state()).isInstanceOf(RunState.Planned.class);
        assertThat(checked.attempt()).isEqualTo(2);
        assertThat(checked.history().get(checked.history().size() - 1))
                .isInstanceOfSatisfying(RunState.Failed.class, end -> assertThat(end.problem())
                        .isEqualTo(new Problem(
                                Problem.Code.ROWS_MISMATCH, "the task reports 2 rows, its segments hold 3")));
        assertThat(fixture.druid.usedSegments("wiki")).isEmpty();
    }

    @Test
    void aTakeBackThatIsInterruptedGoesOn() {
        // Given
        Run run = doubled("replace");
        fixture.clock.advance(PATIENCE);
        fixture.druid.faults(
                CallFaults.once(DruidCall.MARK_UNUSED, new CallFault.AnswerLost(DruidException.Code.TIMED_OUT)));
        assertThatThrownBy(() -> check(run)).isInstanceOf(DruidException.class);
        Run interrupted = fixture.stored(run);

        // When
        Run checked = check(interrupted);

        // Then
        assertThat(interrupted.state()).isInstanceOf(RunState.Succeeded.class);
        assertThat(fixture.druid.usedSegments("wiki")).isEmpty();
        assertThat(checked.attempt()).isEqualTo(2);
        assertThat(checked.history().get(checked.history().size() - 1))
                .isInstanceOfSatisfying(
                        RunState.Failed.class,
                        end -> assertThat(end.problem().code()).isEqualTo(Problem.Code.ROWS_MISMATCH));
    }

    @Test
    void rowsThatOthersAddedAreNotTakenBack() {
        // Given
        Run run = doubled("replace");
        fixture.druid.others().append("wiki", DAY, InputRows.at(DAY.start(), 7));
        fixture.clock.advance(PATIENCE);

        // When
        Run checked = check(run);

        // Then
        assertThat(checked.state()).isInstanceOf(RunState.Succeeded.class);
        assertThat(snapshot(run).otherWriters()).containsExactly("person_appends_wiki_1");
        assertThat(fixture.druid.usedSegments("wiki")).hasSize(1);
    }

    @Test
    void aReplaceThatReplacedNothingIsTakenBack() {
        // Given
        fixture.druid.others().replace("wiki", DAY, InputRows.at(DAY.start(), 7));
        fixture.druid.settle();
        fixture.clock.advance(Duration.ofMinutes(1));
        fixture.druid.fates(any -> Fate.PUBLISHES_UNDER_EPOCH);
        Run run = loaded("replace");
        fixture.clock.advance(PATIENCE);

        // When
        Run checked = check(run);

        // Then
        assertThat(checked.attempt()).isEqualTo(2);
        assertThat(checked.history().get(checked.history().size() - 1))
                .isInstanceOfSatisfying(
                        RunState.Failed.class, end -> assertThat(end.problem().message())
                                .contains("replaced nothing", "1970-01-01", "#18099"));
        assertThat(fixture.druid.usedSegments("wiki")).hasSize(1);
        assertThat(fixture.druid.servedRows("wiki").values()).containsExactly(7L);
    }

    @Test
    void segmentsThatMayBeOfOthersAreNotTakenBack() {
        // Given
        Run run = loaded("append");
        runs.mark(run, shared(run));
        Run wrong = reported(run, 5);
        fixture.clock.advance(PATIENCE);

        // When
        Run checked = check(wrong);

        // Then
        assertThat(checked.state()).isInstanceOfSatisfying(RunState.Failed.class, end -> {
            assertThat(end.problem().code()).isEqualTo(Problem.Code.NOT_TAKEN_BACK);
            assertThat(end.problem().message())
                    .isEqualTo("the task reports 5 rows, its segments hold 3; its segments cannot be told from"
                            + " those of [other], which wrote to the datasource meanwhile, so nothing is taken"
                            + " back");
        });
        assertThat(fixture.druid.usedSegments("wiki")).hasSize(1);
    }

    @Test
    void segmentsThatHoldAsManyRowsAsReportedAreTheRunsOwn() {
        // Given
        Run run = loaded("append");
        runs.mark(run, shared(run));

        // When
        Run checked = check(run);

        // Then
        assertThat(checked.state()).isInstanceOf(RunState.Available.class);
        assertThat(snapshot(run).isOwn()).isTrue();
        assertThat(history.find(FEED)).isPresent();
    }

    @Test
    void segmentsThatHoldMoreRowsThanReportedMayBeOfOthers() {
        // Given
        Run run = loaded("append");
        runs.mark(run, shared(run));
        Run fewer = reported(run, 2);

        // When
        Run checked = check(fewer);

        // Then
        assertThat(checked.state()).isInstanceOf(RunState.Available.class);
        assertThat(snapshot(run).isOwn()).isFalse();
        assertThat(history.find(FEED)).isEmpty();
    }

    @Test
    void aRunWithoutASnapshotCannotBeProven() {
        // Given
        Run run = loaded("replace");
        fixture.table.remove(Key.segmentMark(run.id(), 1));

        // Then
        assertThatThrownBy(() -> check(run))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has no segment mark");
    }

    @ParameterizedTest
    @EnumSource(RunKind.class)
    void everyKindOfRunHasItsVerification(RunKind kind) {
        // Given
        Run run = RunExamples.run("run-1", kind, new RunState.Planned(fixture.clock.instant()));

        // When
        Verification verification = availability.of(run);

        // Then
        assertThat(verification.kind()).isEqualTo(kind);
        assertThat(verification.createsSegments()).isEqualTo(kind != RunKind.KILL);
    }

    private Run check(Run run) {
        availability.check(run, (RunState.Succeeded) run.state(), fixture.druid);
        return fixture.stored(run);
    }

    /** A run whose task has loaded three rows. */
    private Run loaded(String mode) {
        Run run = fixture.inDruid(IngestFixture.definition(mode), "a.json", 3);
        fixture.druid.settle();
        return followed(run);
    }

    /** A run whose segments hold more rows than its task reports. */
    private Run doubled(String mode) {
        return reported(loaded(mode), 2);
    }

    private Run followed(Run run) {
        String task = run.taskId();
        fixture.bean(TaskFollower.class)
                .follow(
                        run,
                        (RunState.InDruid) run.state(),
                        fixture.druid,
                        fixture.druid.tasks().statuses(List.of(task)).values().stream()
                                .findFirst(),
                        fixture.druid.taskTable().codes(List.of(task)).values().stream()
                                .findFirst());
        return fixture.stored(run);
    }

    /** The run, as if its task had reported so many rows. */
    private static Run reported(Run run, long rows) {
        RunState.Succeeded state = (RunState.Succeeded) run.state();
        Counts counts = new Counts(
                rows,
                0,
                0,
                state.counts().segments(),
                null,
                null,
                state.counts().taskMillis());
        return run.changed(new RunState.Succeeded(state.since(), state.taskId(), state.submittedAt(), counts));
    }

    /** The run's snapshot, as if another task had written meanwhile. */
    private SegmentSnapshot shared(Run run) {
        SegmentSnapshot own = snapshot(run);
        return new SegmentSnapshot(
                own.before(), own.created(), List.of("other"), own.workers(), own.takenAt(), List.of(), null);
    }

    private SegmentSnapshot snapshot(Run run) {
        return runs.segmentMark(run).orElseThrow();
    }

    private LedgerEntry entry(Run run) {
        InputObject object = runs.plan(run).objects().get(0);
        return fixture.bean(Ledger.class).find(object.version(), FEED).orElseThrow();
    }
}
