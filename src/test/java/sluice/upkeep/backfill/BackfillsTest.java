package sluice.upkeep.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import sluice.core.batch.TimeChunk;
import sluice.ingest.run.RunSummary;
import sluice.platform.state.Key;
import sluice.platform.state.StateTable;
import sluice.simulation.druid.InputRows;

/** A backfill from its start to its end. */
class BackfillsTest extends TenDaysTest {

    @Test
    void aBackfillLoadsEveryChunkOnceAndEndsDone() {
        // Given
        Backfill begun = start(wish(TEN_DAYS));

        // When
        world.settle(40);

        // Then
        Backfill done = found(begun);
        assertThat(done.state()).isEqualTo(BackfillState.DONE);
        assertThat(done.progress().done()).isEqualTo(10);
        assertThat(done.progress().left()).isZero();
        assertThat(done.progress().running()).isZero();
        assertThat(done.progress().rows()).isEqualTo(155);
        assertThat(done.endedAt()).isNotNull();
        assertThat(runs()).hasSize(10).extracting(RunSummary::state).containsOnly("Available");
        assertThat(world.druid().servedRows("wiki").values()).containsOnlyOnce(11L, 20L);
        assertThat(events()).containsExactly("sluice.backfill.started", "sluice.backfill.done");
        assertThat(backfills().history(done.id(), 10))
                .extracting(BackfillMove::state)
                .containsExactly(BackfillState.DONE, BackfillState.RUNNING, BackfillState.PLANNED);
    }

    @Test
    void neverMoreWindowsAreUnderWayThanAllowed() {
        // Given
        Backfill begun = start(wish(TEN_DAYS));

        // When
        world.tick();

        // Then
        assertThat(found(begun).position().active()).hasSize(2);
        assertThat(found(begun).progress().running()).isEqualTo(2);
        assertThat(runs()).hasSize(2);
    }

    @Test
    void itTakesAtMostHalfOfTheSlots() {
        // Given
        world.druid().slots(3);
        Backfill begun = start(wish(TEN_DAYS));

        // When
        world.tick();

        // Then
        assertThat(found(begun).position().active()).hasSize(1);
    }

    /** It waited for a minute after each run, as for a cluster that is away. */
    @Test
    void itWaitsForItsRunsAndNotForSlotsThatItMayNotTake() {
        // Given
        world.druid().slots(3);
        Backfill begun = start(wish(TEN_DAYS));

        // When
        world.tick();

        // Then
        assertThat(found(begun).waiting()).isNull();
        assertThat(keepsTicking(begun)).isTrue();
        assertThat(world.table().get(Key.backfill(begun.id())).orElseThrow().time(StateTable.DUE_AT))
                .hasValueSatisfying(due -> assertThat(due)
                        .isBeforeOrEqualTo(world.clock().instant().plusSeconds(10)));
    }

    @Test
    void theNewestChunksComeFirstUnlessTheOldestAreWanted() {
        // Given
        Backfill newest = start(wish(TEN_DAYS));
        world.tick();
        TimeChunk first = backfills().active(found(newest)).get(0).interval();
        backfills().stop(newest.id(), "alice", null);
        world.settle(5);
        Backfill oldest =
                start(new BackfillWish("wiki", TEN_DAYS, null, 1, 1, BackfillOrder.OLDEST, false, "alice", null));

        // When
        world.tick();

        // Then
        assertThat(first).isEqualTo(day(10));
        assertThat(backfills().active(found(oldest)).get(0).interval()).isEqualTo(day(1));
    }

    @Test
    void chunksWithoutFilesAreEmptyAndNoFailure() {
        // Given
        world.delete(key(4));
        world.delete(key(5));
        Backfill begun = start(new BackfillWish("wiki", TEN_DAYS, null, 3, 2, null, false, "alice", null));

        // When
        world.settle(40);

        // Then
        Backfill done = found(begun);
        assertThat(done.state()).isEqualTo(BackfillState.DONE);
        assertThat(done.progress().done()).isEqualTo(8);
        assertThat(done.progress().empty()).isEqualTo(2);
        assertThat(runs()).hasSize(4);
    }

    @Test
    void anIntervalWithoutAnyFileEndsWithoutARun() {
        // Given
        Backfill begun = start(wish(span("2020-01-01", "2020-03-01")));

        // When
        world.tick();
        world.settle(2);

        // Then
        assertThat(found(begun).state()).isEqualTo(BackfillState.DONE);
        assertThat(found(begun).progress().empty()).isEqualTo(60);
        assertThat(runs()).isEmpty();
    }

    @Test
    void onlyMissingLeavesOutWhatDruidHas() {
        // Given
        start(wish(span("2026-01-03", "2026-01-06")));
        world.settle(10);
        int before = runs().size();
        Backfill begun = start(new BackfillWish("wiki", TEN_DAYS, null, 5, 2, null, true, "alice", null));

        // When
        world.settle(40);

        // Then
        Backfill done = found(begun);
        assertThat(done.state()).isEqualTo(BackfillState.DONE);
        assertThat(done.progress().skipped()).isEqualTo(3);
        assertThat(done.progress().done()).isEqualTo(7);
        assertThat(runs()).hasSize(before + 2);
    }

    @Test
    void nothingBeginsWhileOtherTasksWaitForASlot() {
        // Given
        world.druid().slots(1);
        for (int day = 20; day <= 23; day++) {
            world.upload(key(day), InputRows.at(day(day).start(), 1));
        }
        for (int step = 0; step < 10; step++) {
            world.deliver("generate");
        }
        world.clock().advance(Duration.ofMinutes(2));
        world.tick();
        for (int step = 0; step < 10; step++) {
            world.deliver("generate");
            world.deliver("submit");
        }
        world.druid().advance();
        Backfill begun = start(wish(TEN_DAYS));

        // When
        world.tick();

        // Then
        assertThat(found(begun).waiting()).contains("wait for a slot");
        assertThat(found(begun).position().windows()).isZero();
    }

    @Test
    void appendingLoadsNoFileThatIsLoaded() {
        // Given
        define("append", "DAY");
        start(wish(TEN_DAYS));
        world.settle(40);
        Backfill again = start(wish(TEN_DAYS));

        // When
        world.settle(10);

        // Then
        assertThat(found(again).state()).isEqualTo(BackfillState.DONE);
        assertThat(found(again).progress().empty()).isEqualTo(10);
        assertThat(runs()).hasSize(10);
    }

    @Test
    void anItemOfABackfillDoesNotGrowWithItsInterval() {
        // Given
        Backfill begun = start(wish(span("2016-01-01", "2026-01-11")));
        world.settle(5);
        int atFirst = size(found(begun));

        // When
        world.settle(60);

        // Then
        assertThat(found(begun).position().windows()).isGreaterThan(1_000);
        assertThat(size(found(begun))).isLessThan(atFirst + 50);
    }
}
