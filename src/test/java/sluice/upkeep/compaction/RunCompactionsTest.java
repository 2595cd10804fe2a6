package sluice.upkeep.compaction;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.upkeep.UpkeepFixture.NOW;
import static sluice.upkeep.UpkeepFixture.day;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.core.batch.Feed;
import sluice.core.batch.RunKind;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunStore;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.upkeep.UpkeepFixture;
import sluice.upkeep.UpkeepRuns;
import sluice.upkeep.compaction.ChunkCompaction.State;

class RunCompactionsTest {

    private static final Instant LATER = NOW.plus(Duration.ofMinutes(1));

    private final UpkeepFixture fixture = new UpkeepFixture();
    private final ChunkCompactions compactions = fixture.bean(ChunkCompactions.class);
    private final RunCompactions following = fixture.bean(RunCompactions.class);
    private final Run loaded =
            UpkeepRuns.available(UpkeepRuns.planned("batch-run", "main", RunKind.BATCH, day(2), day(3), day(4)));

    @Test
    void thoseOfItsChunksAreInTheirOrder() {
        // Given
        ChunkCompaction second = write(2, State.WAITING, LATER, null);
        ChunkCompaction first = write(4, State.DONE, LATER, null);
        write(5, State.DONE, LATER, null);

        // When
        List<ChunkCompaction> found = following.after(loaded);

        // Then
        assertThat(found).containsExactly(first, second);
    }

    @ParameterizedTest
    @CsvSource({"DONE, 0", "STOPPED, 0", "WAITING, 1", "PLANNED, 1"})
    void whatWasDecidedBeforeItSaysNothingAboutItsRows(State state, int count) {
        // Given
        write(2, state, NOW.minusSeconds(1), null);

        // When
        List<ChunkCompaction> found = following.after(loaded);

        // Then
        assertThat(found).hasSize(count);
    }

    @ParameterizedTest
    @CsvSource({"0, true", "60, false"})
    void onlyARunThatWasPlannedAfterItHasCompactedItsRows(int availableAfter, boolean isNamed) {
        // Given
        Run compact =
                fixture.bean(RunStore.class).save(UpkeepRuns.planned("compact-run", "main", RunKind.COMPACT, day(2)));
        write(2, State.DONE, LATER, compact.id());

        // When
        List<ChunkCompaction> found = following.after(UpkeepRuns.available(planned(), NOW.plusSeconds(availableAfter)));

        // Then
        assertThat(found).singleElement().satisfies(each -> assertThat(each.runId() != null)
                .isEqualTo(isNamed));
    }

    @ParameterizedTest
    @CsvSource({"batch-run, 1", "later-run, 0"})
    void whatALaterRunReplacedIsNotCompacted(String newest, int count) {
        // Given
        write(2, State.DONE, LATER, null);
        fixture.table()
                .put(Item.at(Key.chunk(new Feed("main", "wiki"), day(2).start()))
                        .with("recentRuns", newest));

        // When
        List<ChunkCompaction> found = following.after(UpkeepRuns.available(planned()));

        // Then
        assertThat(found).hasSize(count);
    }

    @Test
    void aRunThatHasLoadedNothingIsFollowedByNone() {
        // Given
        write(2, State.DONE, LATER, null);

        // Then
        assertThat(following.after(UpkeepRuns.failed(planned()))).isEmpty();
        assertThat(following.after(
                        UpkeepRuns.available(UpkeepRuns.planned("compact-run", "main", RunKind.COMPACT, day(2)))))
                .isEmpty();
    }

    private static Run planned() {
        return UpkeepRuns.planned("batch-run", "main", RunKind.BATCH, day(2));
    }

    private ChunkCompaction write(int day, State state, Instant since, String run) {
        ChunkCompaction written = new ChunkCompaction("wiki", day(day), "hash", state, null, "small", run, since);
        compactions.write(written);
        return written;
    }
}
