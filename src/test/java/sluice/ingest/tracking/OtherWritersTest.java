package sluice.ingest.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.ingest.IngestFixture.DAY;
import static sluice.ingest.IngestFixture.NEXT_DAY;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.core.batch.TimeChunk;
import sluice.ingest.IngestFixture;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunStore;
import sluice.simulation.druid.DruidCall;
import sluice.simulation.druid.InputRows;
import sluice.simulation.druid.Phase;

/** Other writers are those of the run's time chunks, however many write to the datasource. */
class OtherWritersTest {

    private static final TimeChunk FAR_DAY = IngestFixture.day("2026-02-01");

    private final IngestFixture fixture = new IngestFixture();
    private final OtherWriters others = fixture.bean(OtherWriters.class);
    private final List<DruidCall> calls = new ArrayList<>();

    @Test
    void manyRunsOfOtherTimeChunksAreNoOtherWriters() {
        // Given
        Run run = fixture.inDruid(IngestFixture.definition("append"), "a.json", 3);
        for (int day = 1; day <= 28; day++) {
            TimeChunk chunk = IngestFixture.day("2026-02-%02d".formatted(day));
            fixture.inDruid(IngestFixture.definition("append"), chunk, "a.json", 3);
        }
        fixture.druid.settle();
        watch();

        // When
        List<String> writers = writers(run);

        // Then
        assertThat(writers).isEmpty();
        assertThat(calls).containsExactly(DruidCall.TASK_TABLE);
    }

    @ParameterizedTest
    @CsvSource({"30, 0", "101, 101"})
    void manyTasksOfOthersAreLookedAtUpToAHundred(int tasks, int found) {
        // Given
        Run run = fixture.inDruid(IngestFixture.definition("append"), "a.json", 3);
        IntStream.range(0, tasks).forEach(any -> append(FAR_DAY));
        fixture.druid.settle();

        // When
        List<String> writers = writers(run);

        // Then
        assertThat(writers).hasSize(found);
    }

    @Test
    void oneThatWritesToTheChunkIsFoundAmongMany() {
        // Given
        Run run = fixture.inDruid(IngestFixture.definition("append"), "a.json", 3);
        IntStream.range(0, 50).forEach(any -> append(NEXT_DAY));
        String writer = append(DAY);
        fixture.druid.settle();

        // When
        List<String> writers = writers(run);

        // Then
        assertThat(writers).containsExactly(writer);
    }

    /** sys.tasks tells when a task was created and how long it ran, but not how long it waited for its lock. */
    @ParameterizedTest(name = "the leader is new at the snapshot: {0}")
    @ValueSource(booleans = {false, true})
    void aTaskThatWaitedForItsLockForLongerThanItRanIsFound(boolean isLeaderNew) {
        // Given
        fixture.druid.taskDuration(Duration.ofMinutes(10));
        fixture.druid.others().replace("wiki", DAY, InputRows.at(DAY.start(), 1));
        fixture.druid.advance();
        String waiting = append(DAY);
        fixture.clock.advance(Duration.ofMinutes(5));
        fixture.druid.elect(isLeaderNew ? Duration.ofSeconds(10) : Duration.ZERO);
        Run run = fixture.inDruid(IngestFixture.definition("append"), "a.json", 3);
        fixture.druid.taskDuration(Duration.ofSeconds(1));
        fixture.clock.advance(Duration.ofMinutes(10));
        for (int second = 0; second < 3; second++) {
            fixture.druid.settle();
            fixture.clock.advance(Duration.ofSeconds(1));
        }
        assertThat(fixture.druid.phase(waiting)).isEqualTo(Phase.ENDED);

        // When
        List<String> writers = writers(run);

        // Then
        assertThat(writers).contains(waiting);
    }

    /** An overlord that has just become the leader lists no tasks for a moment. */
    @Test
    void aListWithoutTheRunsOwnTaskProvesNothing() {
        // Given
        Run run = fixture.inDruid(IngestFixture.definition("append"), "a.json", 3);
        fixture.druid.settle();
        fixture.druid.forget(run.taskId());

        // When
        List<String> writers = writers(run);

        // Then
        assertThat(writers).containsExactly("a task that Druid does not list");
    }

    private String append(TimeChunk chunk) {
        return fixture.druid.others().append("wiki", chunk, InputRows.at(chunk.start(), 1));
    }

    private List<String> writers(Run run) {
        return others.of(run, fixture.bean(RunStore.class).segmentMark(run).orElseThrow(), fixture.druid);
    }

    private void watch() {
        fixture.druid.faults((call, subject) -> {
            calls.add(call);
            return Optional.empty();
        });
    }
}
