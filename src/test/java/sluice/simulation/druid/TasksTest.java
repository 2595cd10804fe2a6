package sluice.simulation.druid;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.simulation.druid.DruidFixture.DAY;
import static sluice.simulation.druid.DruidFixture.NOON;
import static sluice.simulation.druid.DruidFixture.WIKI;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sluice.platform.druid.SubmitAnswer;
import sluice.platform.druid.TaskReport;
import sluice.platform.druid.TaskStatus;

class TasksTest {

    private final DruidFixture fixture = new DruidFixture().object("a", 3).object("b", 4);
    private final InMemoryDruid druid = fixture.druid;

    @Test
    void aTaskMovesOneStepAtATime() {
        // Given
        druid.tasks().submit("t1", TaskJson.replace(WIKI, DAY, "a").toString());
        List<Phase> phases = new ArrayList<>(List.of(druid.phase("t1")));

        // When
        while (druid.advance()) {
            phases.add(druid.phase("t1"));
        }

        // Then
        assertThat(phases).containsExactly(Phase.WAITING, Phase.PENDING, Phase.RUNNING, Phase.ENDED);
        assertThat(druid.servedRows(WIKI)).isEqualTo(Map.of("landing/a", 3L));
    }

    @Test
    void anIdIsTakenOnceWhateverTheTask() {
        // Given
        fixture.load("t1", TaskJson.replace(WIKI, DAY, "a"));

        // When
        SubmitAnswer again =
                druid.tasks().submit("t1", TaskJson.append(WIKI, DAY, "b").toString());

        // Then
        assertThat(again).isEqualTo(new SubmitAnswer.AlreadyExists("t1"));
        assertThat(druid.tasks()
                        .find("t1")
                        .orElseThrow()
                        .at("/spec/ioConfig/appendToExisting")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void aSpecThatContradictsItselfIsRefusedInDruidsWords() {
        // Given
        String task =
                TaskJson.append(WIKI, DAY, "a").toString().replace("\"dropExisting\":false", "\"dropExisting\":true");

        // When
        SubmitAnswer answer = druid.tasks().submit("t1", task);

        // Then
        assertThat(answer).isInstanceOfSatisfying(SubmitAnswer.Refused.class, refused -> assertThat(refused.message())
                .contains("Cannot simultaneously replace and append to existing segments"));
        assertThat(druid.tasks().statuses(List.of("t1"))).isEmpty();
    }

    @Test
    void rowsOutsideOfTheIntervalsAreThrownAway() {
        // Given
        fixture.objects.put(
                "c", new InputRows(List.of(new Rows(NOON, 5), new Rows(NOON.minus(Duration.ofDays(1)), 2)), 0));

        // When
        fixture.load("t1", TaskJson.replace(WIKI, DAY, "c"));

        // Then
        TaskReport report = druid.tasks().report("t1").orElseThrow();
        assertThat(report.processed()).isEqualTo(5);
        assertThat(report.thrownAway()).isEqualTo(2);
        assertThat(druid.servedRows(WIKI)).isEqualTo(Map.of("landing/c", 5L));
    }

    @Test
    void aRowThatCannotBeReadFailsATaskThatAllowsNone() {
        // Given
        fixture.objects.put("bad", new InputRows(List.of(new Rows(NOON, 5)), 1));

        // When
        fixture.load("t1", TaskJson.append(WIKI, DAY, "a", "bad"));

        // Then
        assertThat(status("t1").code()).isEqualTo(TaskStatus.Code.FAILED);
        assertThat(status("t1").error()).isEqualTo("Max parse exceptions[0] exceeded");
        assertThat(druid.tasks().report("t1").orElseThrow().errors())
                .singleElement()
                .asString()
                .contains("s3://landing/bad");
        assertThat(druid.usedSegments(WIKI)).isEmpty();
    }

    @Test
    void aTaskReadsWhatAnObjectHoldsWhenItBeginsToRun() {
        // Given
        druid.tasks().submit("t1", TaskJson.replace(WIKI, DAY, "a").toString());
        fixture.object("a", 9);

        // When
        druid.settle();

        // Then
        assertThat(druid.servedRows(WIKI)).isEqualTo(Map.of("landing/a", 9L));
    }

    @Test
    void aTaskThatIsShutDownPublishesNothing() {
        // Given
        druid.tasks().submit("t1", TaskJson.replace(WIKI, DAY, "a").toString());
        druid.advance();
        druid.advance();

        // When
        druid.tasks().shutdown("t1");
        druid.settle();

        // Then
        assertThat(status("t1").code()).isEqualTo(TaskStatus.Code.FAILED);
        assertThat(status("t1").error()).isEqualTo("Shutdown request from user");
        assertThat(druid.usedSegments(WIKI)).isEmpty();
        assertThat(druid.tasks().locks(WIKI)).isEmpty();
    }

    @Test
    void aWorkerThatDiesAfterPublishingLeavesSegmentsUnderAFailedTask() {
        // Given
        druid.fate("t1", Fate.WORKER_DIES_AFTER_PUBLISHING);

        // When
        fixture.load("t1", TaskJson.append(WIKI, DAY, "a"));

        // Then
        assertThat(status("t1").code()).isEqualTo(TaskStatus.Code.FAILED);
        assertThat(status("t1").error()).contains("disappeared");
        assertThat(druid.tasks().report("t1")).isEmpty();
        assertThat(druid.servedRows(WIKI)).isEqualTo(Map.of("landing/a", 3L));
    }

    @Test
    void restartedTasksKeepTheirIdsAndBeginAnew() {
        // Given
        druid.taskDuration(Duration.ofMinutes(1));
        druid.tasks().submit("t1", TaskJson.append(WIKI, DAY, "a").toString());
        druid.settle();
        Map<String, String> before = druid.workers();
        fixture.clock.advance(Duration.ofMinutes(2));

        // When
        druid.restart();
        druid.settle();
        fixture.clock.advance(Duration.ofMinutes(2));
        druid.settle();

        // Then
        assertThat(druid.workers()).isNotEqualTo(before);
        assertThat(status("t1").code()).isEqualTo(TaskStatus.Code.SUCCESS);
        assertThat(druid.servedRows(WIKI)).isEqualTo(Map.of("landing/a", 3L));
    }

    @Test
    void theTableOfTasksLagsBehindTheEndsOfTasks() {
        // Given
        druid.lags(new Lags(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(10)));
        druid.tasks().submit("t1", TaskJson.replace(WIKI, DAY, "a").toString());

        // When
        druid.settle();

        // Then
        assertThat(status("t1").code()).isEqualTo(TaskStatus.Code.SUCCESS);
        assertThat(druid.taskTable().codes(List.of("t1"))).isEqualTo(Map.of("t1", TaskStatus.Code.RUNNING));
        fixture.clock.advance(Duration.ofSeconds(10));
        assertThat(druid.taskTable().codes(List.of("t1"))).isEqualTo(Map.of("t1", TaskStatus.Code.SUCCESS));
    }

    @Test
    void aForgottenTaskIsUnknown() {
        // Given
        fixture.load("t1", TaskJson.replace(WIKI, DAY, "a"));

        // When
        druid.forget("t1");

        // Then
        assertThat(druid.tasks().statuses(List.of("t1"))).isEmpty();
        assertThat(druid.tasks().find("t1")).isEmpty();
        assertThat(druid.servedRows(WIKI)).isNotEmpty();
    }

    private TaskStatus status(String taskId) {
        return druid.tasks().statuses(List.of(taskId)).get(taskId);
    }
}
