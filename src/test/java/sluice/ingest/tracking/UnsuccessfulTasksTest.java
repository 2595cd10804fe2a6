package sluice.ingest.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static sluice.ingest.IngestFixture.DAY;
import static sluice.ingest.IngestFixture.FEED;
import static sluice.ingest.IngestFixture.NEXT_DAY;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.core.batch.InputObject;
import sluice.ingest.IngestFixture;
import sluice.ingest.ledger.Ledger;
import sluice.ingest.run.Problem;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;
import sluice.ingest.run.StaleRunException;
import sluice.ingest.submission.Submitter;
import sluice.platform.druid.DruidException;
import sluice.platform.druid.ObjectAccess;
import sluice.platform.state.Key;
import sluice.simulation.druid.CallFault;
import sluice.simulation.druid.CallFaults;
import sluice.simulation.druid.DruidCall;
import sluice.simulation.druid.Fate;
import sluice.simulation.druid.InputRows;

/** Tasks whose worker dies after it has published: Druid calls them FAILED, or forgets them, and their rows are served. */
class UnsuccessfulTasksTest {

    private final IngestFixture fixture = new IngestFixture(Map.of("sluice.attempts", "2"));
    private final RunFollower follower = fixture.bean(RunFollower.class);
    private final RunStore runs = fixture.bean(RunStore.class);

    @BeforeEach
    void workersDieAfterTheyHavePublished() {
        fixture.druid.fates(any -> Fate.WORKER_DIES_AFTER_PUBLISHING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"replace", "append"})
    void whatTheFirstAttemptPublishedIsNotThereTwice(String mode) {
        // Given
        Run run = published(mode);
        Run repeated = follow(run);
        fixture.druid.fates(any -> Fate.SUCCEEDS);
        fixture.clock.advance(Duration.ofMinutes(1));
        fixture.bean(Submitter.class).submit(run.id());
        fixture.druid.settle();

        // When
        Run followed = followUntilItEnds(run);

        // Then
        assertThat(repeated.attempt()).isEqualTo(2);
        assertThat(followed.state()).isInstanceOf(RunState.Available.class);
        assertThat(rows()).containsExactly(3L);
    }

    /** The task waited for its slot until the addresses in it had expired. */
    @ParameterizedTest
    @ValueSource(strings = {"replace", "append"})
    void addressesThatHaveExpiredAreNotABadFile(String mode) {
        // Given
        Run run = waitedTooLong(mode);

        // When
        Run repeated = follow(run);
        fixture.druid.fates(any -> Fate.SUCCEEDS);
        fixture.bean(Submitter.class).submit(run.id());
        fixture.druid.settle();
        Run followed = followUntilItEnds(repeated);

        // Then
        assertThat(repeated.attempt()).isEqualTo(2);
        assertThat(repeated.history())
                .filteredOn(RunState.Failed.class::isInstance)
                .singleElement()
                .satisfies(failed -> assertThat(
                                ((RunState.Failed) failed).problem().code())
                        .isEqualTo(Problem.Code.ADDRESSES_EXPIRED));
        assertThat(followed.state()).isInstanceOf(RunState.Available.class);
        assertThat(rows()).containsExactly(3L);
    }

    @Test
    void addressesThatExpireInEachAttemptHoldNoFileBack() {
        // Given
        follow(waitedTooLong("append"));
        Run second = waited(fixture.run());

        // When
        Run followed = follow(second);

        // Then
        assertThat(problem(followed).code()).isEqualTo(Problem.Code.ADDRESSES_EXPIRED);
        InputObject object = runs.plan(followed).objects().get(0);
        assertThat(fixture.bean(Ledger.class).find(object.version(), FEED)).hasValueSatisfying(entry -> {
            assertThat(entry.end()).isNotNull();
            assertThat(entry.end().heldUnder()).isNull();
        });
    }

    private Run waitedTooLong(String mode) {
        fixture.druid.objectAccess(ObjectAccess.PRESIGNED);
        return waited(fixture.planned(mode, "a.json", 3));
    }

    private Run waited(Run run) {
        fixture.bean(Submitter.class).submit(run.id());
        fixture.clock.advance(run.timeLimit());
        fixture.druid.settle();
        return fixture.stored(run);
    }

    @Test
    void theLastAttemptIsTakenBackToWhatWasThereBefore() {
        // Given
        fixture.druid.fates(any -> Fate.SUCCEEDS);
        fixture.druid.others().replace("wiki", DAY, InputRows.at(DAY.start(), 7));
        fixture.druid.settle();
        fixture.druid.fates(any -> Fate.WORKER_DIES_AFTER_PUBLISHING);
        fixture.clock.advance(Duration.ofMinutes(1));
        Run run = follow(published("replace"));
        fixture.clock.advance(Duration.ofMinutes(1));
        fixture.bean(Submitter.class).submit(run.id());
        fixture.druid.settle();

        // When
        Run followed = follow(fixture.stored(run));

        // Then
        assertThat(problem(followed).code()).isEqualTo(Problem.Code.TASK_FAILED);
        assertThat(followed.mayHaveLoaded()).isFalse();
        assertThat(fixture.druid.usedSegments("wiki")).hasSize(1);
        assertThat(rows()).containsExactly(7L);
    }

    @Test
    void aCancelledAppendLeavesNoRowsBehind() {
        // Given
        Run run = published("append");
        fixture.bean(Cancellation.class).cancel(run.id(), "not needed");

        // When
        Run followed = follow(run);

        // Then
        assertThat(followed.state()).isInstanceOf(RunState.Cancelled.class);
        assertThat(rows()).isEmpty();
    }

    @Test
    void aTaskOverItsTimeLimitLeavesNoRowsBehind() {
        // Given
        fixture.druid.fates(any -> Fate.HANGS);
        Run run = inDruid("append");
        fixture.druid.settle();
        fixture.clock.advance(run.timeLimit().plusSeconds(1));
        fixture.druid.fates(any -> Fate.WORKER_DIES_AFTER_PUBLISHING);
        fixture.druid.settle();
        fixture.bean(RunStore.class).save(run.changed(((RunState.InDruid) run.state()).shuttingDown(run.createdAt())));

        // When
        Run followed = follow(run);

        // Then
        assertThat(followed.state()).isInstanceOf(RunState.TimedOut.class);
        assertThat(rows()).isEmpty();
    }

    /** A Druid that has forgotten the run's own task may have forgotten whose the segments are, too. */
    @Test
    void theSegmentsOfAnAppendThatDruidHasForgottenAreNotTakenBack() {
        // Given
        Run run = published("append");
        fixture.druid.forget(run.taskId());

        // When
        Run followed = followUntilItMoves(run);

        // Then
        assertThat(problem(followed).code()).isEqualTo(Problem.Code.NOT_TAKEN_BACK);
        assertThat(problem(followed).message()).contains("a task that Druid does not list");
        assertThat(rows()).containsExactly(3L);
    }

    @Test
    void anAppendThatDruidHasForgottenIsRepeatedIfItHasPublishedNothing() {
        // Given
        Run run = inDruid("append");
        fixture.druid.forget(run.taskId());

        // When
        Run followed = followUntilItMoves(run);

        // Then
        assertThat(followed.attempt()).isEqualTo(2);
        assertThat(rows()).isEmpty();
    }

    @Test
    void anAppendIsNotRepeatedIfItsRowsMayBeThere() {
        // Given
        Run run = inDruid("append");
        fixture.druid.others().append("wiki", DAY, InputRows.at(DAY.start(), 7));
        fixture.druid.settle();

        // When
        Run followed = follow(run);

        // Then
        assertThat(problem(followed).code()).isEqualTo(Problem.Code.NOT_TAKEN_BACK);
        assertThat(problem(followed).message()).contains("2 new segments", "person_appends_wiki_1");
        assertThat(followed.mayHaveLoaded()).isTrue();
        assertThat(runs.segmentMark(run).orElseThrow().created()).hasSize(2);
        assertThat(rows()).containsExactlyInAnyOrder(3L, 7L);
    }

    @Test
    void aReplaceWhoseRowsMayBeThereSaysSo() {
        // Given
        Run run = published("replace");
        fixture.druid.others().append("wiki", DAY, InputRows.at(DAY.start(), 7));
        fixture.druid.settle();

        // When
        Run followed = follow(run);

        // Then
        assertThat(problem(followed).code()).isEqualTo(Problem.Code.NOT_TAKEN_BACK);
        assertThat(rows()).containsExactlyInAnyOrder(3L, 7L);
    }

    @Test
    void aCancelledRunWhoseRowsMayBeThereSaysSo() {
        // Given
        Run run = inDruid("append");
        fixture.druid.others().append("wiki", DAY, InputRows.at(DAY.start(), 7));
        fixture.druid.settle();
        fixture.bean(Cancellation.class).cancel(run.id(), "not needed");

        // When
        Run followed = follow(run);

        // Then
        assertThat(problem(followed).code()).isEqualTo(Problem.Code.NOT_TAKEN_BACK);
        assertThat(problem(followed).message()).contains("cancelled (not needed)", "person_appends_wiki_1");
    }

    @Test
    void whoWroteToAnotherDayRaisesNoDoubt() {
        // Given
        Run run = inDruid("append");
        fixture.druid.others().append("wiki", NEXT_DAY, InputRows.at(NEXT_DAY.start(), 7));
        fixture.druid.settle();

        // When
        Run followed = follow(run);

        // Then
        assertThat(followed.attempt()).isEqualTo(2);
        assertThat(rows()).containsExactly(7L);
    }

    @Test
    void aRunWhoseSnapshotIsGoneMayHaveLoaded() {
        // Given
        Run run = published("append");
        fixture.table.remove(Key.segmentMark(run.id(), 1));

        // When
        Run followed = follow(run);

        // Then
        assertThat(problem(followed).message()).contains("its snapshot of segments is gone");
        assertThat(followed.mayHaveLoaded()).isTrue();
    }

    @Test
    void aDelayedFunctionDoesNotTakeTheNextAttemptBack() {
        // Given
        Run stale = published("append");
        follow(stale);
        fixture.druid.fates(any -> Fate.SUCCEEDS);
        fixture.bean(Submitter.class).submit(stale.id());
        fixture.druid.settle();

        // Then
        assertThatThrownBy(() -> fixture.bean(UnsuccessfulTasks.class)
                        .failed(
                                stale,
                                (RunState.InDruid) stale.state(),
                                new Problem(Problem.Code.TASK_FAILED, "Canceled as unknown task"),
                                List.of(),
                                fixture.druid))
                .isInstanceOf(StaleRunException.class);
        assertThat(rows()).containsExactly(3L);
    }

    @Test
    void afterACrashInTheMiddleTheRunEndsAsItWouldHave() {
        // Given
        Run run = published("append");
        fixture.druid.segmentUsage().markUnused("wiki", fixture.druid.usedSegments("wiki"));

        // When
        Run followed = follow(run);

        // Then
        assertThat(followed.attempt()).isEqualTo(2);
        assertThat(rows()).isEmpty();
    }

    /** The answer of the call that marks them unused is lost, and the coordinator was faster than the call. */
    @Test
    void aTakeBackThatIsInterruptedGoesOn() {
        // Given
        fixture.druid.fates(any -> Fate.SUCCEEDS);
        fixture.druid.others().replace("wiki", DAY, InputRows.at(DAY.start(), 7));
        fixture.druid.settle();
        fixture.druid.fates(any -> Fate.WORKER_DIES_AFTER_PUBLISHING);
        fixture.clock.advance(Duration.ofMinutes(1));
        Run run = published("replace");
        fixture.druid.faults((call, subject) -> {
            if (call != DruidCall.MARK_UNUSED) {
                return Optional.empty();
            }
            fixture.druid.dropOvershadowed();
            return Optional.of(new CallFault.AnswerLost(DruidException.Code.TIMED_OUT));
        });
        Run interrupted = follow(run);
        fixture.druid.faults(CallFaults.NONE);

        // When
        Run followed = follow(run);

        // Then
        assertThat(interrupted.attempt()).isEqualTo(1);
        assertThat(followed.attempt()).isEqualTo(2);
        assertThat(rows()).containsExactly(7L);
    }

    private Run inDruid(String mode) {
        return fixture.inDruid(IngestFixture.definition(mode), "a.json", 3);
    }

    private Run published(String mode) {
        Run run = inDruid(mode);
        fixture.druid.settle();
        return run;
    }

    private Run follow(Run run) {
        Run stored = fixture.stored(run);
        follower.handle(
                fixture.table
                        .items()
                        .filter(item -> Key.of(item).equals(Key.run(stored.id())))
                        .toList(),
                Instant.MAX);
        return fixture.stored(run);
    }

    private Run followUntilItMoves(Run run) {
        Run followed = run;
        for (int tick = 0; tick < 10 && followed.attempt() == run.attempt() && !followed.hasEnded(); tick++) {
            followed = follow(run);
        }
        return followed;
    }

    private Run followUntilItEnds(Run run) {
        Run followed = run;
        for (int tick = 0; tick < 10 && !followed.hasEnded(); tick++) {
            followed = follow(run);
        }
        return followed;
    }

    private List<Long> rows() {
        Map<String, Long> served = fixture.druid.servedRows(FEED.datasource());
        return List.copyOf(served.values());
    }

    private static Problem problem(Run run) {
        return ((RunState.Failed) run.state()).problem();
    }
}
