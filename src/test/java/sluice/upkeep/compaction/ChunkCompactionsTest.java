package sluice.upkeep.compaction;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.upkeep.UpkeepFixture.NOW;
import static sluice.upkeep.UpkeepFixture.day;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.platform.state.Key;
import sluice.platform.state.StateTable;
import sluice.upkeep.UpkeepFixture;
import sluice.upkeep.compaction.ChunkCompaction.State;

class ChunkCompactionsTest {

    private final UpkeepFixture fixture = new UpkeepFixture();
    private final ChunkCompactions compactions = fixture.bean(ChunkCompactions.class);

    @Test
    void whatIsWrittenIsRead() {
        // Given
        ChunkCompaction first = in(State.WAITING, 3, NOW);
        ChunkCompaction second = in(State.DONE, 2, NOW).planned("run-1", "main", "small", NOW);

        // When
        compactions.write(first);
        compactions.write(second);

        // Then
        assertThat(compactions.find("wiki", day(3))).contains(first);
        assertThat(compactions.find("wiki", day(2))).contains(second);
        assertThat(compactions.find("wiki", day(1))).isEmpty();
        assertThat(compactions.newest("wiki", 10)).containsExactly(second, first);
        assertThat(compactions.newest("wiki", 1)).containsExactly(second);
        assertThat(compactions.newest("other", 10)).isEmpty();
    }

    @Test
    void otherDueItemsAreNoCompactions() {
        // Given
        fixture.bean(CompactionWatch.class).afterTick();

        // Then
        assertThat(fixture.table().due(NOW, 10))
                .singleElement()
                .satisfies(item -> assertThat(ChunkCompactions.read(item)).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"WAITING, PT0S, PT1M", "WAITING, PT5M, PT1M", "PLANNED, PT50M, PT10M", "WAITING, P1D, PT30M"})
    void theLongerItWaitsTheLaterIsTheNextCheck(State state, Duration age, Duration delay) {
        // When
        compactions.write(in(state, 3, NOW.minus(age)));

        // Then
        assertThat(fixture.table()
                        .get(Key.compaction("wiki", day(3).start()))
                        .orElseThrow()
                        .time(StateTable.DUE_AT))
                .contains(NOW.plus(delay));
    }

    @ParameterizedTest
    @CsvSource({"DONE", "STOPPED"})
    void whatHasEndedIsNotCheckedAgain(State state) {
        // Given
        compactions.write(in(State.WAITING, 3, NOW));

        // When
        compactions.write(in(state, 3, NOW));

        // Then
        assertThat(fixture.table().due(NOW.plus(Duration.ofDays(9)), 10)).isEmpty();
    }

    private static ChunkCompaction in(State state, int daysAgo, Instant since) {
        return ChunkCompaction.begun("wiki", day(daysAgo), "hash", since).moved(state, null, "a reason", since);
    }
}
