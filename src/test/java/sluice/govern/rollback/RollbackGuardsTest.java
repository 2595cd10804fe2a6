package sluice.govern.rollback;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.govern.rollback.RollingBack.DAY;
import static sluice.govern.rollback.RollingBack.day;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.core.batch.Feed;
import sluice.core.batch.TimeChunk;
import sluice.govern.GovernWorld;
import sluice.ingest.hold.HoldStore;
import sluice.ingest.run.LeaseStore;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.platform.druid.RestorePatience;
import sluice.simulation.druid.InputRows;
import sluice.simulation.druid.Lags;

/** A rollback with data leaves alone what others write, lock or put on hold, and reports it. */
class RollbackGuardsTest {

    private final RollingBack wiki = new RollingBack();
    private final GovernWorld world = wiki.world();

    @Test
    void rowsThatCameLaterIntoTheBadVersionAreNotHidden() {
        // Given: a stream publishes late rows of the day into the bad version
        wiki.loadedByBoth(GovernWorld.text("wiki"));
        world.druid().others().append("wiki", day(DAY), InputRows.at(Instant.parse(DAY + "T04:00:00Z"), 3));
        world.settle();
        assertThat(world.rows("wiki")).isEqualTo(7);

        // When
        Rollback begun = wiki.start(true);
        world.settle();

        // Then
        Rollback rollback = wiki.done(begun);
        assertThat(rollback.problems())
                .singleElement()
                .asString()
                .contains("nothing was restored in 2026-02-01", "others have written 1 segments since");
        assertThat(rollback.restored()).isEmpty();
        assertThat(world.rows("wiki")).isEqualTo(7);
        assertThat(world.runs("wiki")).extracting(Run::state).hasOnlyElementsOfType(RunState.Available.class);
    }

    /** A compaction rewrites what the run has appended before anybody looks, so its segment counts as the run's. */
    @Test
    void rowsThatWereAppendedToWhatACompactionMadeAreNotHidden() {
        // Given
        wiki.twoVersions(GovernWorld.text("wiki").replace("mode: replace", "mode: append"));
        world.upload("wiki", DAY, "a.json", 4);
        world.world().deliver("generate");
        world.world().deliver("submit");
        world.druid().settle();
        world.druid().others().compact("wiki", day(DAY), false);
        world.druid().settle();
        world.druid().dropOvershadowed();
        world.settle();
        world.druid().others().append("wiki", day(DAY), InputRows.at(Instant.parse(DAY + "T04:00:00Z"), 3));
        world.settle();
        assertThat(world.rows("wiki")).isEqualTo(7);

        // When
        Rollback begun = wiki.start(true);
        world.settle();

        // Then
        assertThat(wiki.done(begun).problems()).singleElement().asString().contains("nothing was restored");
        assertThat(world.rows("wiki")).isEqualTo(7);
        assertThat(world.runs("wiki")).extracting(Run::state).hasOnlyElementsOfType(RunState.Available.class);
    }

    @Test
    void whatTheActiveVersionHasLoadedMeanwhileStays() {
        // Given: right after the pointer has moved, a file comes for the day
        wiki.loadedByBoth(GovernWorld.text("wiki"));
        Rollback begun = wiki.start(true);
        world.pass(Duration.ofSeconds(10)).upload("wiki", DAY, "a.json", 12);

        // When
        world.settle();

        // Then
        assertThat(wiki.done(begun).problems()).isEmpty();
        assertThat(world.rows("wiki")).isEqualTo(12);
        assertThat(world.runs("wiki"))
                .filteredOn(run -> run.state() instanceof RunState.RolledBack)
                .hasSize(1);
    }

    /** From Druid 37 on, brokers poll for used segments (apache/druid #19075): here, they are five minutes behind. */
    @Test
    void whatBrokersStillBelieveToBeHiddenIsNoProblem() {
        // Given
        wiki.loadedByBoth(GovernWorld.text("wiki"));
        world.druid().lags(Lags.NONE.published(Duration.ofMinutes(5)));

        // When
        Rollback begun = wiki.start(true);
        world.settle();

        // Then
        Rollback rollback = wiki.done(begun);
        assertThat(rollback.problems()).isEmpty();
        assertThat(rollback.restored()).extracting(Rollback.Restored::rows).contains(10L);
        assertThat(world.rows("wiki")).isEqualTo(10);
    }

    @Test
    void aCompactionOfDruidThatHidesWhatWasRestoredIsAProblem() {
        // Given: data servers take a minute to load, and meanwhile Druid compacts the day again
        wiki.loadedByBoth(GovernWorld.text("wiki"));
        wiki.markOvershadowedUnused();
        Rollback begun = wiki.start(true);
        world.druid().lags(Lags.NONE.served(Duration.ofMinutes(1)));
        for (int tick = 0; tick < 30 && !wiki.isMarked(begun); tick++) {
            world.tickAfter(Duration.ofSeconds(10));
        }
        world.druid().others().compact("wiki", day(DAY), false);
        world.druid().settle();

        // When
        world.settle();

        // Then
        assertThat(wiki.done(begun).problems())
                .singleElement()
                .asString()
                .contains("1 restored segments", "are hidden by a newer version");
    }

    @Test
    void aChunkOnHoldIsLeftAsItIs() {
        // Given
        wiki.loadedByBoth(GovernWorld.text("wiki"));
        world.bean(HoldStore.class).put("wiki", day(DAY), "audit", "alice", null);

        // When
        Rollback begun = wiki.start(true);
        world.settle();

        // Then
        assertThat(wiki.done(begun).problems()).singleElement().asString().contains("alice: audit");
        assertThat(world.rows("wiki")).isEqualTo(4);
    }

    @Test
    void whileAChunkIsRestoredNoRunAndNoKillRunMayHaveIt() {
        // Given
        wiki.loadedByBoth(GovernWorld.text("wiki"));
        Rollback begun = wiki.start(true);
        world.druid().lags(Lags.NONE.served(Duration.ofMinutes(2)));
        for (int tick = 0; tick < 30 && !wiki.isMarked(begun); tick++) {
            world.tickAfter(Duration.ofSeconds(10));
        }

        // When
        List<TimeChunk> held = world.bean(LeaseStore.class).held(new Feed("main", "wiki"));
        world.settle();

        // Then
        assertThat(held).containsExactly(day(DAY));
        assertThat(wiki.done(begun).problems()).isEmpty();
        assertThat(world.bean(LeaseStore.class).held(new Feed("main", "wiki"))).isEmpty();
    }

    @Test
    void aRunThatWritesAChunkIsWaitedForAndNotForEver() {
        // Given: a task that never ends has locked the day
        wiki.loadedByBoth(GovernWorld.text("wiki"));
        world.druid().taskDuration(Duration.ofDays(1));
        world.druid().others().replace("wiki", day(DAY), InputRows.at(Instant.parse(DAY + "T04:00:00Z"), 3));
        world.druid().settle();
        Rollback begun = wiki.start(true);

        // When
        world.tickAfter(Duration.ofMinutes(2)).tickAfter(Duration.ofMinutes(2)).tickAfter(Duration.ofMinutes(2));
        Rollback waiting = wiki.current(begun);
        world.tickAfter(RestorePatience.LIMIT).settle();

        // Then
        assertThat(waiting.phase()).isEqualTo(Rollback.Phase.RESTORING);
        assertThat(waiting.problems()).isEmpty();
        assertThat(wiki.done(begun).problems()).singleElement().asString().contains("has locked");
    }
}
