package sluice.simulation.druid;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.simulation.druid.DruidFixture.DAY;
import static sluice.simulation.druid.DruidFixture.NOON;
import static sluice.simulation.druid.DruidFixture.WIKI;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sluice.core.batch.TimeChunk;

class LocksTest {

    private final DruidFixture fixture = new DruidFixture().object("a", 3).object("b", 4);
    private final InMemoryDruid druid = fixture.druid;

    @Test
    void replacesOfOneChunkRunOneAfterTheOtherAndTheLastWins() {
        // Given
        submit("t1", TaskJson.replace(WIKI, DAY, "a"));
        submit("t2", TaskJson.replace(WIKI, DAY, "b"));

        // When
        druid.advance();

        // Then
        assertThat(druid.phase("t1")).isEqualTo(Phase.PENDING);
        assertThat(druid.phase("t2")).isEqualTo(Phase.WAITING);
        druid.settle();
        assertThat(druid.servedRows(WIKI)).isEqualTo(Map.of("landing/b", 4L));
    }

    @Test
    void replacesOfDifferentChunksRunTogether() {
        // Given
        TimeChunk nextDay = new TimeChunk(DAY.end(), DAY.end().plus(Duration.ofDays(1)));
        submit("t1", TaskJson.replace(WIKI, DAY, "a"));
        submit("t2", TaskJson.replace(WIKI, nextDay, "b"));

        // When
        druid.advance();

        // Then
        assertThat(druid.phase("t1")).isEqualTo(Phase.PENDING);
        assertThat(druid.phase("t2")).isEqualTo(Phase.PENDING);
    }

    @Test
    void aTaskOfHigherPriorityTakesTheChunkAndTheOtherHangsWithoutPublishing() {
        // Given
        druid.taskDuration(Duration.ofMinutes(1));
        submit("low", TaskJson.replace(WIKI, DAY, "a"));
        druid.settle();

        // When
        submit("high", TaskJson.replace(WIKI, DAY, "b").priority(90));
        druid.settle();
        fixture.clock.advance(Duration.ofMinutes(1));
        druid.settle();

        // Then
        assertThat(druid.phase("high")).isEqualTo(Phase.ENDED);
        assertThat(druid.phase("low")).isEqualTo(Phase.RUNNING);
        assertThat(druid.tasks().locks(WIKI)).isEmpty();
        assertThat(druid.servedRows(WIKI)).isEqualTo(Map.of("landing/b", 4L));
    }

    @Test
    void appendsWithConcurrentLocksRunTogether() {
        // Given
        submit("t1", TaskJson.append(WIKI, DAY, "a").concurrent());
        submit("t2", TaskJson.append(WIKI, DAY, "b").concurrent());

        // When
        druid.advance();
        druid.advance();

        // Then
        assertThat(druid.phase("t1")).isEqualTo(Phase.RUNNING);
        assertThat(druid.phase("t2")).isEqualTo(Phase.RUNNING);
        druid.settle();
        assertThat(druid.servedRows(WIKI)).isEqualTo(Map.of("landing/a", 3L, "landing/b", 4L));
    }

    @Test
    void anExclusiveLockWaitsForAppends() {
        // Given
        submit("append", TaskJson.append(WIKI, DAY, "a").concurrent());
        druid.advance();

        // When
        submit("replace", TaskJson.replace(WIKI, DAY, "b"));
        druid.advance();

        // Then
        assertThat(druid.phase("replace")).isEqualTo(Phase.WAITING);
    }

    @Test
    void rowsAppendedBesideAReplaceBeforeItCommitsAreKept() {
        // Given
        druid.fate("replace", Fate.HANGS);
        submit("replace", TaskJson.replace(WIKI, DAY, "b").concurrent());
        druid.settle();
        fixture.load("append", TaskJson.append(WIKI, DAY, "a").concurrent());

        // When
        druid.fate("replace", Fate.SUCCEEDS);
        druid.settle();

        // Then
        assertThat(druid.servedRows(WIKI)).isEqualTo(Map.of("landing/a", 3L, "landing/b", 4L));
    }

    @Test
    void rowsAppendedBesideAReplaceAfterItCommitsAreKept() {
        // Given
        druid.fate("append", Fate.HANGS);
        submit("append", TaskJson.append(WIKI, DAY, "a").concurrent());
        druid.settle();
        fixture.load("replace", TaskJson.replace(WIKI, DAY, "b").concurrent());

        // When
        druid.fate("append", Fate.SUCCEEDS);
        druid.settle();

        // Then
        assertThat(druid.servedRows(WIKI)).isEqualTo(Map.of("landing/a", 3L, "landing/b", 4L));
    }

    @Test
    void aConcurrentReplaceUnderAnAppendLockSucceedsAndChangesNothing() {
        // Given
        fixture.load("t1", TaskJson.replace(WIKI, DAY, "a"));
        druid.fate("t2", Fate.PUBLISHES_UNDER_EPOCH);

        // When
        fixture.load("t2", TaskJson.replace(WIKI, DAY, "b").concurrent());

        // Then
        assertThat(druid.tasks().report("t2").orElseThrow().segmentsPublished()).isEqualTo(1);
        assertThat(druid.servedRows(WIKI)).isEqualTo(Map.of("landing/a", 3L));
    }

    @Test
    void compactionGivesWayToALoad() {
        // Given
        fixture.load("t1", TaskJson.append(WIKI, DAY, "a"));
        druid.taskDuration(Duration.ofMinutes(1));
        String compaction = druid.others().compact(WIKI, DAY, false);
        druid.settle();

        // When
        submit("t2", TaskJson.append(WIKI, DAY, "b"));
        druid.settle();
        fixture.clock.advance(Duration.ofMinutes(1));
        druid.settle();

        // Then
        assertThat(druid.phase(compaction)).isEqualTo(Phase.RUNNING);
        assertThat(druid.servedRows(WIKI)).isEqualTo(Map.of("landing/a", 3L, "landing/b", 4L));
    }

    @Test
    void aStreamAndAConcurrentReplaceRunTogether() {
        // Given
        String stream = druid.others().stream(WIKI, InputRows.at(NOON, 10));
        submit("t1", TaskJson.replace(WIKI, DAY, "a").concurrent());

        // When
        druid.settle();

        // Then
        assertThat(druid.phase(stream)).isEqualTo(Phase.ENDED);
        assertThat(druid.servedRows(WIKI)).isEqualTo(Map.of("landing/a", 3L, "others/" + stream, 10L));
    }

    private void submit(String taskId, TaskJson task) {
        druid.tasks().submit(taskId, task.toString());
    }
}
