package sluice.ingest.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.ingest.IngestFixture.DAY;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.core.batch.InputObject;
import sluice.ingest.IngestFixture;
import sluice.ingest.ledger.Ledger;
import sluice.ingest.run.Problem;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.platform.druid.TaskStatus;
import sluice.simulation.druid.Fate;
import sluice.simulation.druid.InputRows;
import sluice.simulation.druid.Rows;

/** Tasks that fail. */
class FailedTaskTest extends FollowedTaskTest {

    @Test
    void aTaskThatFailsNamesItsFirstError() {
        // Given
        Run run = planned(definition().batch("expect", "{unparseable: {max: 0}}"));
        InputObject object = runs.plan(run).objects().get(0);
        fixture.contents(object, new InputRows(List.of(new Rows(DAY.start(), 3)), 1));
        submit(run);
        fixture.druid.settle();

        // When
        Run followed = follow(stored(run));

        // Then
        assertThat(problem(followed).code()).isEqualTo(Problem.Code.TASK_FAILED);
        assertThat(problem(followed).message())
                .startsWith("Unable to parse row (Path: s3://")
                .endsWith("(Max parse exceptions[0] exceeded)");
        assertThat(fixture.bean(Ledger.class)
                        .find(object.version(), IngestFixture.FEED)
                        .orElseThrow()
                        .error())
                .startsWith("Unable to parse row");
    }

    @Test
    void aTaskThatFailsWithoutARowToBlameNamesItsFailure() {
        // Given
        Run run = inDruid();
        fixture.druid.fate(run.taskId(), Fate.FAILS);
        fixture.druid.settle();

        // When
        Run followed = follow(run);

        // Then
        assertThat(problem(followed).message())
                .isEqualTo("java.lang.RuntimeException: the task fails because the test wants it");
    }

    @Test
    void aTaskThatFailsWithoutAReportIsJudgedByItsStatus() {
        // Given
        Run run = inDruid();
        fixture.druid.fate(run.taskId(), Fate.WORKER_DIES_BEFORE_PUBLISHING);
        fixture.druid.settle();

        // When
        Run followed = follow(run);

        // Then
        assertThat(followed.state()).isInstanceOf(RunState.Planned.class);
        assertThat(followed.attempt()).isEqualTo(2);
        assertThat(lastEnd(followed).problem().message())
                .startsWith("The worker that this task was assigned disappeared");
    }

    @Test
    void aTaskThatFailsInSilenceSaysSo() {
        // Given
        Run run = inDruid();
        TaskStatus silent = new TaskStatus(run.taskId(), TaskStatus.Code.FAILED, Duration.ZERO, null);

        // When
        follower.follow(run, (RunState.InDruid) run.state(), fixture.druid, Optional.of(silent), Optional.empty());

        // Then
        assertThat(problem(stored(run)).message()).isEqualTo("task failed, and Druid does not say why");
    }

    @Test
    void aRunIsTriedAsOftenAsTheSettingsSay() {
        // Given
        Run run = inDruid();
        fixture.druid.fates(any -> Fate.WORKER_DIES_BEFORE_PUBLISHING);
        fixture.druid.settle();
        Run second = follow(run);
        submit(second);
        fixture.druid.settle();

        // When
        Run followed = follow(stored(second));

        // Then
        assertThat(followed.state()).isInstanceOf(RunState.Failed.class);
        assertThat(followed.attempt()).isEqualTo(2);
    }

    /** Druid 33 may end such a task with a ClassCastException: reports of the old sub-tasks reach the new phase. */
    @Test
    void aTaskThatFailedUnderARestartOfServersIsRepeated() {
        // Given
        Run run = submitted(IngestFixture.definition("replace")
                .batch("tuningConfig", "{maxNumConcurrentSubTasks: 2}")
                .batch("partitions", "{type: hashed}"));
        fixture.druid.fate(run.taskId(), Fate.FAILS);
        fixture.clock.advance(Duration.ofSeconds(1));
        fixture.druid.restart();
        fixture.druid.settle();

        // When
        Run followed = follow(run);

        // Then
        assertThat(followed.state()).isInstanceOf(RunState.Planned.class);
        assertThat(lastEnd(followed).problem().code()).isEqualTo(Problem.Code.SERVERS_RESTARTED);
        assertThat(lastEnd(followed).problem().message()).contains("[worker:8091]", "failed");
    }
}
