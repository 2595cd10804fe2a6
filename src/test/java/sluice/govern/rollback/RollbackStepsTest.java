package sluice.govern.rollback;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import sluice.core.batch.Feed;
import sluice.core.batch.TimeChunk;
import sluice.govern.GovernWorld;
import sluice.ingest.hold.HoldStore;
import sluice.ingest.run.LeaseStore;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.simulation.druid.DruidCall;
import sluice.simulation.druid.InputRows;
import sluice.simulation.druid.Lags;

class RollbackStepsTest {

    private static final String DAY = "2026-02-01";
    private static final String NEXT_DAY = "2026-02-02";

    private final GovernWorld world = new GovernWorld();

    @Test
    void aPlannedRunOfTheBadVersionIsCancelledAndLoadedByTheEarlierOne() {
        // Given
        twoVersions(GovernWorld.text("wiki"));
        world.upload("wiki", DAY, "a.json", 10);
        world.world().deliver("generate");

        // When
        Rollback begun = start(false);
        world.tickAfter(Duration.ofSeconds(10)).settle();

        // Then
        Rollback rollback = done(begun);
        assertThat(rollback.stopped()).hasSize(1);
        assertThat(rollback.reloaded()).hasSize(1);
        assertThat(rollback.problems()).isEmpty();
        assertThat(rollback.endedAt()).isAfter(rollback.startedAt());
        assertThat(world.rows("wiki")).isEqualTo(10);
        assertThat(world.runs("wiki"))
                .filteredOn(run -> run.state() instanceof RunState.Available)
                .extracting(Run::definitionHash)
                .containsExactly(world.active("wiki").hash());
    }

    @Test
    void aTaskOfTheBadVersionIsShutDownAndItsFilesAreLoadedByTheEarlierOne() {
        // Given
        twoVersions(GovernWorld.text("wiki"));
        world.upload("wiki", DAY, "a.json", 10);
        world.world().deliver("generate");
        world.world().deliver("submit");
        assertThat(world.runs("wiki")).extracting(Run::state).hasOnlyElementsOfType(RunState.InDruid.class);

        // When
        Rollback begun = start(false);
        world.tickAfter(Duration.ofSeconds(10)).tickAfter(Duration.ofSeconds(10));
        Rollback stopping = current(begun);
        world.settle();

        // Then
        assertThat(stopping.phase()).isEqualTo(Rollback.Phase.STOPPING);
        assertThat(stopping.stopped()).hasSize(1);
        Rollback rollback = done(begun);
        assertThat(rollback.reloaded()).hasSize(1);
        assertThat(world.rows("wiki")).isEqualTo(10);
    }

    @Test
    void theEarlierDataIsServedAgainAndADayWithoutOneIsLoaded() {
        // Given: a day that the bad version replaced, and one that only the bad version has loaded
        loadedByBoth(GovernWorld.text("wiki"));
        world.upload("wiki", NEXT_DAY, "a.json", 7).settle();
        assertThat(world.rows("wiki")).isEqualTo(11);

        // When
        Rollback begun = start(true);
        world.settle();

        // Then
        Rollback rollback = done(begun);
        assertThat(rollback.restored()).containsExactly(new Rollback.Restored("main", 2, 0, 0, 10));
        assertThat(rollback.reloaded()).hasSize(1);
        assertThat(rollback.problems()).isEmpty();
        assertThat(world.rows("wiki")).isEqualTo(17);
        assertThat(world.runs("wiki"))
                .filteredOn(run -> run.state() instanceof RunState.RolledBack)
                .hasSize(2);
    }

    @Test
    void whereTheEarlierSegmentsAreGoneTheDayIsLoadedAgain() {
        // Given
        loadedByBoth(GovernWorld.text("wiki"));
        String kill =
                "{\"type\":\"kill\",\"id\":\"kill-wiki\",\"dataSource\":\"wiki\",\"interval\":\"2026-02-01/2026-02-02\"}";
        markOvershadowedUnused();
        world.druid().tasks().submit("kill-wiki", kill);
        world.druid().settle();

        // When
        Rollback begun = start(true);
        world.settle();

        // Then
        Rollback rollback = done(begun);
        assertThat(rollback.restored()).containsExactly(new Rollback.Restored("main", 1, 0, 1, 0));
        assertThat(rollback.reloaded()).hasSize(1);
        assertThat(world.rows("wiki")).isEqualTo(4);
    }

    @Test
    void appendedObjectsAreTakenBackAndLoadedAgain() {
        // Given
        String text = GovernWorld.text("wiki").replace("mode: replace", "mode: append");
        twoVersions(text);
        world.upload("wiki", DAY, "a.json", 10).settle();
        assertThat(world.rows("wiki")).isEqualTo(10);

        // When
        Rollback begun = start(true);
        world.settle();

        // Then
        Rollback rollback = done(begun);
        assertThat(rollback.restored()).extracting(Rollback.Restored::takenBack).containsExactly(1);
        assertThat(rollback.reloaded()).hasSize(1);
        assertThat(world.rows("wiki")).isEqualTo(10);
    }

    @Test
    void objectsThatAreDeletedMeanwhileAreAProblemOfTheRollback() {
        // Given
        twoVersions(GovernWorld.text("wiki"));
        world.upload("wiki", DAY, "a.json", 10).settle();
        world.world().delete("wiki/dt=" + DAY + "/a.json");

        // When
        Rollback begun = start(true);
        world.settle();

        // Then
        Rollback rollback = done(begun);
        assertThat(rollback.reloaded()).isEmpty();
        assertThat(rollback.problems()).singleElement().asString().contains("was not loaded again");
        assertThat(world.rows("wiki")).isZero();
    }

    @Test
    void appendedObjectsOfWhichNobodyKnowsAreNotLoadedTwice() {
        // Given
        twoVersions(GovernWorld.text("wiki").replace("mode: replace", "mode: append"));
        world.upload("wiki", DAY, "a.json", 10);
        world.world().deliver("generate");
        world.world().deliver("submit");
        world.druid().settle();
        world.world().clusterLeaves();
        world.tickAfter(Duration.ofMinutes(20)).tickAfter(Duration.ofDays(1)).settle();
        world.world().clusterReturns();

        // When
        Rollback begun = start(true);
        world.settle();

        // Then
        Rollback rollback = done(begun);
        assertThat(rollback.reloaded()).isEmpty();
        assertThat(rollback.problems()).singleElement().asString().contains("nothing is taken back");
        assertThat(world.runs("wiki")).extracting(Run::state).hasOnlyElementsOfType(RunState.Failed.class);
        assertThat(world.rows("wiki")).isEqualTo(10);
    }

    @Test
    void withoutDataWhatTheBadVersionLoadedStays() {
        // Given
        loadedByBoth(GovernWorld.text("wiki"));

        // When
        Rollback begun = start(false);
        world.settle();

        // Then
        assertThat(done(begun).restored()).isEmpty();
        assertThat(world.rows("wiki")).isEqualTo(4);
    }

    @Test
    void aRollbackWaitsForDruidAndGoesOn() {
        // Given
        loadedByBoth(GovernWorld.text("wiki"));
        markOvershadowedUnused();
        Rollback begun = start(true);
        world.unavailable(DruidCall.USED_SEGMENTS, DruidCall.MARK_USED, DruidCall.MARK_UNUSED);
        world.settle();
        Rollback waiting = current(begun);

        // When
        world.availableAgain().settle();

        // Then
        assertThat(waiting.phase()).isEqualTo(Rollback.Phase.RESTORING);
        assertThat(done(begun).restored()).containsExactly(new Rollback.Restored("main", 1, 1, 0, 10));
        assertThat(world.rows("wiki")).isEqualTo(10);
    }

    @Test
    void aRestoreThatIsInterruptedAfterItsWorkIsRepeatedWithTheSameResult() {
        // Given
        loadedByBoth(GovernWorld.text("wiki"));
        Rollback begun = start(true);
        RestoreUnit unit = RestoreUnit.of(world.bean(BadRuns.class).of(begun)).get(0);
        world.bean(UnitRestore.class).restore(begun, unit, world.druid());

        // When
        world.settle();

        // Then
        assertThat(done(begun).problems()).isEmpty();
        assertThat(world.rows("wiki")).isEqualTo(10);
    }

    @Test
    void rowsThatCameLaterIntoTheBadVersionAreNotHidden() {
        // Given: a stream publishes late rows of the day into the bad version
        loadedByBoth(GovernWorld.text("wiki"));
        world.druid().others().append("wiki", day(DAY), InputRows.at(Instant.parse(DAY + "T04:00:00Z"), 3));
        world.settle();
        assertThat(world.rows("wiki")).isEqualTo(7);

        // When
        Rollback begun = start(true);
        world.settle();

        // Then
        Rollback rollback = done(begun);
        assertThat(rollback.problems())
                .singleElement()
                .asString()
                .contains("nothing was restored in 2026-02-01", "others have written 1 segments since");
        assertThat(rollback.restored()).isEmpty();
        assertThat(world.rows("wiki")).isEqualTo(7);
        assertThat(world.runs("wiki")).extracting(Run::state).hasOnlyElementsOfType(RunState.Available.class);
    }

    @Test
    void whatTheActiveVersionHasLoadedMeanwhileStays() {
        // Given: right after the pointer has moved, a file comes for the day
        loadedByBoth(GovernWorld.text("wiki"));
        Rollback begun = start(true);
        world.pass(Duration.ofSeconds(10)).upload("wiki", DAY, "a.json", 12);

        // When
        world.settle();

        // Then
        assertThat(done(begun).problems()).isEmpty();
        assertThat(world.rows("wiki")).isEqualTo(12);
        assertThat(world.runs("wiki"))
                .filteredOn(run -> run.state() instanceof RunState.RolledBack)
                .hasSize(1);
    }

    @Test
    void aCompactionOfDruidThatHidesWhatWasRestoredIsAProblem() {
        // Given: data servers take a minute to load, and meanwhile Druid compacts the day again
        loadedByBoth(GovernWorld.text("wiki"));
        markOvershadowedUnused();
        Rollback begun = start(true);
        world.druid().lags(Lags.NONE.served(Duration.ofMinutes(1)));
        for (int tick = 0; tick < 30 && !isMarked(begun); tick++) {
            world.tickAfter(Duration.ofSeconds(10));
        }
        world.druid().others().compact("wiki", day(DAY), false);
        world.druid().settle();

        // When
        world.settle();

        // Then
        assertThat(done(begun).problems())
                .singleElement()
                .asString()
                .contains("1 restored segments", "are hidden by a newer version");
    }

    /** From Druid 37 on, brokers poll for used segments once a minute (apache/druid #19075). */
    @Test
    void whatBrokersStillBelieveToBeHiddenIsNoProblem() {
        // Given
        loadedByBoth(GovernWorld.text("wiki"));
        world.druid().lags(Lags.NONE.published(Duration.ofMinutes(5)));

        // When
        Rollback begun = start(true);
        world.settle();

        // Then
        Rollback rollback = done(begun);
        assertThat(rollback.problems()).isEmpty();
        assertThat(rollback.restored()).extracting(Rollback.Restored::rows).contains(10L);
        assertThat(world.rows("wiki")).isEqualTo(10);
    }

    @Test
    void aChunkOnHoldIsLeftAsItIs() {
        // Given
        loadedByBoth(GovernWorld.text("wiki"));
        world.bean(HoldStore.class).put("wiki", day(DAY), "audit", "alice", null);

        // When
        Rollback begun = start(true);
        world.settle();

        // Then
        assertThat(done(begun).problems()).singleElement().asString().contains("alice: audit");
        assertThat(world.rows("wiki")).isEqualTo(4);
    }

    @Test
    void whileAChunkIsRestoredNoRunAndNoKillRunMayHaveIt() {
        // Given
        loadedByBoth(GovernWorld.text("wiki"));
        Rollback begun = start(true);
        world.druid().lags(Lags.NONE.served(Duration.ofMinutes(2)));
        for (int tick = 0; tick < 30 && !isMarked(begun); tick++) {
            world.tickAfter(Duration.ofSeconds(10));
        }

        // When
        List<TimeChunk> held = world.bean(LeaseStore.class).held(new Feed("main", "wiki"));
        world.settle();

        // Then
        assertThat(held).containsExactly(day(DAY));
        assertThat(done(begun).problems()).isEmpty();
        assertThat(world.bean(LeaseStore.class).held(new Feed("main", "wiki"))).isEmpty();
    }

    @Test
    void aRunThatWritesAChunkIsWaitedForAndNotForEver() {
        // Given: a task that never ends has locked the day
        loadedByBoth(GovernWorld.text("wiki"));
        world.druid().taskDuration(Duration.ofDays(1));
        world.druid().others().replace("wiki", day(DAY), InputRows.at(Instant.parse(DAY + "T04:00:00Z"), 3));
        world.druid().settle();
        Rollback begun = start(true);

        // When
        world.tickAfter(Duration.ofMinutes(2)).tickAfter(Duration.ofMinutes(2)).tickAfter(Duration.ofMinutes(2));
        Rollback waiting = current(begun);
        world.tickAfter(DataRestore.PATIENCE).settle();

        // Then
        assertThat(waiting.phase()).isEqualTo(Rollback.Phase.RESTORING);
        assertThat(waiting.problems()).isEmpty();
        assertThat(done(begun).problems()).singleElement().asString().contains("has locked");
    }

    @Test
    void manyChunksAreRestoredStepByStep() {
        // Given: more days than one step takes
        int days = DataRestore.UNITS_PER_STEP + 20;
        world.samples("{\"__time\": 0, \"time\": \"2026-02-01\", \"channel\": \"en\"}");
        for (int version = 1; version <= 2; version++) {
            world.apply(GovernWorld.text("wiki") + (version == 1 ? "" : "drift: fail\n"));
            world.pass(Duration.ofSeconds(10));
            for (int number = 0; number < days; number++) {
                world.upload("wiki", LocalDate.of(2026, 1, 1).plusDays(number).toString(), "a.json", version);
                world.world().settle(3);
            }
        }
        assertThat(world.rows("wiki")).isEqualTo(2L * days);
        Rollback begun = start(true);

        // When
        Set<String> checkpoints = new TreeSet<>();
        for (int tick = 0; tick < 60 && current(begun).phase() != Rollback.Phase.DONE; tick++) {
            world.tickAfter(Duration.ofSeconds(10));
            Optional.ofNullable(current(begun).progress())
                    .flatMap(progress -> Optional.ofNullable(progress.verified()))
                    .ifPresent(checkpoints::add);
        }

        // Then
        assertThat(checkpoints).hasSize(2);
        assertThat(done(begun).problems()).isEmpty();
        assertThat(done(begun).restored()).containsExactly(new Rollback.Restored("main", days, 0, 0, days));
        assertThat(world.rows("wiki")).isEqualTo(days);
    }

    private boolean isMarked(Rollback rollback) {
        return Optional.ofNullable(current(rollback).progress())
                .map(Rollback.Progress::marked)
                .isPresent();
    }

    private static TimeChunk day(String text) {
        Instant start = Instant.parse(text + "T00:00:00Z");
        return new TimeChunk(start, start.plus(Duration.ofDays(1)));
    }

    @Test
    void anOlderReadingOfARollbackWritesNothing() {
        // Given
        twoVersions(GovernWorld.text("wiki"));
        Rollback begun = start(false);
        RollbackStore store = world.bean(RollbackStore.class);
        store.save(begun, world.now());

        // When
        boolean saved = store.save(begun.done(world.now()), null);

        // Then
        assertThat(saved).isFalse();
        assertThat(current(begun).phase()).isEqualTo(Rollback.Phase.STOPPING);
    }

    private void twoVersions(String text) {
        world.apply(text);
        world.apply(text + "drift: fail\n");
        world.pass(Duration.ofSeconds(10));
        world.samples("{\"__time\": 0, \"time\": \"2026-02-01\", \"channel\": \"en\"}");
    }

    /** One day, loaded with ten rows by the first version and with four by the second. */
    private void loadedByBoth(String text) {
        world.samples("{\"__time\": 0, \"time\": \"2026-02-01\", \"channel\": \"en\"}");
        world.apply(text);
        world.pass(Duration.ofSeconds(10)).upload("wiki", DAY, "a.json", 10).settle();
        world.apply(text + "drift: fail\n");
        world.pass(Duration.ofSeconds(10)).upload("wiki", DAY, "a.json", 4).settle();
        assertThat(world.rows("wiki")).isEqualTo(4);
    }

    private void markOvershadowedUnused() {
        List<String> used = world.druid().usedSegments("wiki");
        assertThat(used).hasSize(2);
        world.druid().segmentUsage().markUnused("wiki", Set.of(used.get(0)));
    }

    private Rollback start(boolean data) {
        return world.bean(Rollbacks.class)
                .start(world.active("wiki"), new Rollbacks.Order(null, data, "bob", "wrong", List.of()));
    }

    private Rollback current(Rollback rollback) {
        return world.bean(Rollbacks.class).find("wiki", rollback.number()).orElseThrow();
    }

    private Rollback done(Rollback rollback) {
        Rollback now = current(rollback);
        assertThat(now.phase()).as(world.world().story().toString()).isEqualTo(Rollback.Phase.DONE);
        return now;
    }
}
