package sluice.ingest.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static sluice.ingest.IngestFixture.DAY;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.ingest.IngestFixture;
import sluice.ingest.run.Problem;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.run.SegmentSnapshot;
import sluice.platform.druid.TaskStatus;
import sluice.platform.state.Key;
import sluice.simulation.druid.Fate;
import sluice.simulation.druid.InputRows;
import sluice.simulation.druid.Lags;
import sluice.simulation.druid.Rows;

/** Tasks that succeed: what they have published, counted, and whether it is as expected. */
class SuccessfulTaskTest extends FollowedTaskTest {

    @Test
    void aTaskThatSucceedsNotesItsSegmentsAndCounts() {
        // Given
        Run run = inDruid();
        fixture.druid.settle();

        // When
        Run followed = follow(run);

        // Then
        assertThat(followed.state()).isInstanceOfSatisfying(RunState.Succeeded.class, state -> {
            assertThat(state.counts().read()).isEqualTo(3);
            assertThat(state.counts().segments()).isEqualTo(1);
            assertThat(state.counts().rows()).isNull();
        });
        assertThat(snapshot(run).created()).containsExactlyElementsOf(fixture.druid.usedSegments("wiki"));
        assertThat(fixture.events()).endsWith("sluice.run.succeeded");
    }

    @Test
    void successCountsOnceTheTaskTableShowsItToo() {
        // Given
        fixture.druid.lags(new Lags(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ofMinutes(1)));
        Run run = inDruid();
        fixture.druid.settle();
        Run waiting = follow(run);
        fixture.clock.advance(Duration.ofMinutes(2));

        // When
        Run followed = follow(waiting);

        // Then
        assertThat(waiting.state()).isInstanceOf(RunState.Submitted.class);
        assertThat(waiting.lastError()).isEqualTo("sys.tasks says RUNNING where the overlord says SUCCESS");
        assertThat(followed.state()).isInstanceOf(RunState.Succeeded.class);
    }

    @Test
    void aTaskTableThatContradictsTheOverlordIsNotBelievedForEver() {
        // Given
        Run run = inDruid();
        fixture.druid.settle();
        TaskStatus success = status(run);
        Optional<TaskStatus.Code> running = Optional.of(TaskStatus.Code.RUNNING);
        for (int time = 0; time < PATIENCE; time++) {
            follower.follow(run, (RunState.InDruid) run.state(), fixture.druid, Optional.of(success), running);
            run = stored(run);
        }
        String error = run.lastError();

        // When
        follower.follow(run, (RunState.InDruid) run.state(), fixture.druid, Optional.of(success), running);

        // Then
        assertThat(error).isEqualTo("sys.tasks says RUNNING where the overlord says SUCCESS");
        assertThat(stored(run).state()).isInstanceOf(RunState.Succeeded.class);
    }

    @Test
    void aReportThatIsNotThereYetIsWaitedFor() {
        // Given
        Run run = inDruid();
        fixture.druid.settle();
        fixture.druid.loseReport(run.taskId());

        // When
        Run followed = follow(run);

        // Then
        assertThat(followed.state()).isInstanceOf(RunState.Submitted.class);
        assertThat(followed.lastError()).isEqualTo("Druid has no report of the ended task yet");
    }

    @Test
    void aReportThatNeverComesLeavesTheCountToTheSegments() {
        // Given
        Run run = submitted(definition().batch("expect", "{rows: {min: 10}}"));
        fixture.druid.settle();
        fixture.druid.loseReport(run.taskId());
        for (int time = 0; time < PATIENCE; time++) {
            run = follow(run);
        }

        // When
        Run followed = follow(run);

        // Then
        assertThat(followed.state()).isInstanceOfSatisfying(RunState.Succeeded.class, state -> {
            assertThat(state.counts().read()).isNull();
            assertThat(state.counts().segments()).isEqualTo(1);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{rows: {min: 4}} | rows: 3 where the definition expects at least 4",
                "{rows: {max: 2}} | rows: 3 where the definition expects at most 2",
                "{rows: {min: 4, max: 9}} | rows: 3 where the definition expects at least 4 and at most 9"
            })
    void countsThatAreNotAsExpectedFailTheRun(String expect, String message) {
        // Given
        Run run = submitted(definition().batch("expect", expect).batch("onViolation", "fail"));
        fixture.druid.settle();

        // When
        Run followed = follow(run);

        // Then
        assertThat(problem(followed)).isEqualTo(new Problem(Problem.Code.EXPECTATION, message));
        assertThat(fixture.druid.usedSegments("wiki")).hasSize(1);
    }

    @Test
    void allCountsThatAreNotAsExpectedAreNamed() {
        // Given
        Run run = planned(definition()
                .batch("expect", "{rows: {min: 4}, thrownAway: {max: 1}}")
                .batch("onViolation", "fail"));
        fixture.contents(
                runs.plan(run).objects().get(0),
                new InputRows(List.of(new Rows(DAY.start(), 3), new Rows(DAY.end(), 2)), 0));
        submit(run);
        fixture.druid.settle();

        // When
        Run followed = follow(stored(run));

        // Then
        assertThat(problem(followed).message())
                .isEqualTo("rows: 3 where the definition expects at least 4; thrownAway: 2 where the definition expects"
                        + " at most 1");
    }

    @Test
    void countsThatAreNotAsExpectedNameTheFirstError() {
        // Given
        Run run = planned(definition()
                .batch("expect", "{rows: {min: 4}, unparseable: {max: 5}}")
                .batch("onViolation", "fail"));
        fixture.contents(runs.plan(run).objects().get(0), new InputRows(List.of(new Rows(DAY.start(), 3)), 1));
        submit(run);
        fixture.druid.settle();

        // When
        Run followed = follow(stored(run));

        // Then
        assertThat(problem(followed).message()).contains("at least 4; first error: Unable to parse row");
    }

    @Test
    void aWarningLetsTheRunGoOn() {
        // Given
        Run run = submitted(definition().batch("expect", "{rows: {min: 4}}").batch("onViolation", "warn"));
        fixture.druid.settle();

        // When
        Run followed = follow(run);

        // Then
        assertThat(followed.state()).isInstanceOf(RunState.Succeeded.class);
    }

    @Test
    void aRollbackBringsBackWhatTheRunHasReplaced() {
        // Given
        fixture.druid.others().replace("wiki", DAY, InputRows.at(DAY.start(), 7));
        fixture.druid.settle();
        fixture.clock.advance(Duration.ofMinutes(1));
        List<String> before = fixture.druid.usedSegments("wiki");
        Run run = submitted(definition().batch("expect", "{rows: {min: 4}}").batch("onViolation", "rollback"));
        fixture.druid.settle();

        // When
        Run followed = follow(run);

        // Then
        assertThat(followed.state()).isInstanceOf(RunState.RolledBack.class);
        assertThat(fixture.druid.usedSegments("wiki")).isEqualTo(before);
        assertThat(fixture.druid.servedRows("wiki").values()).containsExactly(7L);
    }

    @Test
    void segmentsThatMayBeOfOthersAreNotRolledBack() {
        // Given
        Run run = submitted(IngestFixture.definition("append")
                .batch("expect", "{rows: {min: 4}}")
                .batch("onViolation", "rollback"));
        String stream = fixture.druid.others().stream("wiki", InputRows.at(DAY.start(), 7));
        fixture.druid.taskDuration(Duration.ofSeconds(10));
        fixture.druid.settle();
        fixture.clock.advance(Duration.ofSeconds(10));
        fixture.druid.settle();

        // When
        Run followed = follow(run);

        // Then
        assertThat(problem(followed).code()).isEqualTo(Problem.Code.EXPECTATION);
        assertThat(problem(followed).message()).contains("cannot be told from those of [" + stream + "]");
        assertThat(fixture.druid.usedSegments("wiki")).hasSize(2);
        assertThat(snapshot(run).otherWriters()).containsExactly(stream);
    }

    @Test
    void aTaskUnderWhichServersWereRestartedIsTakenBackAndRepeated() {
        // Given
        Run run = submitted(IngestFixture.definition("replace")
                .granularity("{segmentGranularity: DAY, queryGranularity: HOUR, rollup: true}")
                .batch("tuningConfig", "{maxNumConcurrentSubTasks: 2}")
                .batch("partitions", "{type: hashed}"));
        fixture.druid.fate(run.taskId(), Fate.ROWS_DOUBLED);
        fixture.clock.advance(Duration.ofSeconds(1));
        fixture.druid.restart();
        fixture.druid.settle();

        // When
        Run followed = follow(run);

        // Then
        assertThat(followed.state()).isInstanceOf(RunState.Planned.class);
        assertThat(followed.attempt()).isEqualTo(2);
        assertThat(lastEnd(followed).problem().code()).isEqualTo(Problem.Code.SERVERS_RESTARTED);
        assertThat(lastEnd(followed).problem().message()).contains("[worker:8091]");
        assertThat(fixture.druid.usedSegments("wiki")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"replace", "append"})
    void aTaskWhoseObjectsWereOverwrittenIsTakenBack(String mode) {
        // Given
        Run run = submitted(IngestFixture.definition(mode));
        fixture.clock.advance(Duration.ofSeconds(1));
        fixture.upload("a.json", 5);
        fixture.druid.settle();

        // When
        Run followed = follow(run);

        // Then
        assertThat(problem(followed).code()).isEqualTo(Problem.Code.OBJECTS_CHANGED);
        assertThat(problem(followed).message())
                .contains("1 objects were overwritten between plan and read", "dt=2026-01-01/a.json", "is taken back");
        assertThat(fixture.druid.usedSegments("wiki")).isEmpty();
    }

    @Test
    void overwrittenObjectsOfATaskThatCannotBeTakenBackStayItsOwn() {
        // Given
        Run run = submitted(IngestFixture.definition("append"));
        fixture.clock.advance(Duration.ofSeconds(1));
        fixture.upload("a.json", 5);
        fixture.druid.others().append("wiki", DAY, InputRows.at(DAY.start(), 7));
        fixture.druid.settle();

        // When
        Run followed = follow(run);

        // Then
        assertThat(problem(followed).code()).isEqualTo(Problem.Code.NOT_TAKEN_BACK);
        assertThat(problem(followed).message()).contains("overwritten", "person_appends_wiki_1");
        assertThat(fixture.druid.usedSegments("wiki")).hasSize(2);
    }

    @Test
    void aRunWithoutASnapshotCannotSucceed() {
        // Given
        Run run = inDruid();
        fixture.druid.settle();
        fixture.table.remove(Key.segmentMark(run.id(), 1));

        // Then
        assertThatThrownBy(() -> follow(run)).isInstanceOf(IllegalStateException.class);
    }

    private SegmentSnapshot snapshot(Run run) {
        return runs.segmentMark(run).orElseThrow();
    }
}
