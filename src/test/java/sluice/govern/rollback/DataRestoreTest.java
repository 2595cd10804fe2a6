package sluice.govern.rollback;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.govern.rollback.RollingBack.DAY;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import sluice.govern.GovernWorld;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.simulation.druid.DruidCall;

/** A rollback with data serves the earlier segments again, and loads the files of chunks that have none. */
class DataRestoreTest {

    private static final String NEXT_DAY = "2026-02-02";

    private final RollingBack wiki = new RollingBack();
    private final GovernWorld world = wiki.world();

    @Test
    void theEarlierDataIsServedAgainAndADayWithoutOneIsLoaded() {
        // Given: a day that the bad version replaced, and one that only the bad version has loaded
        wiki.loadedByBoth(GovernWorld.text("wiki"));
        world.upload("wiki", NEXT_DAY, "a.json", 7).settle();
        assertThat(world.rows("wiki")).isEqualTo(11);

        // When
        Rollback begun = wiki.start(true);
        world.settle();

        // Then
        Rollback rollback = wiki.done(begun);
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
        wiki.loadedByBoth(GovernWorld.text("wiki"));
        String kill =
                "{\"type\":\"kill\",\"id\":\"kill-wiki\",\"dataSource\":\"wiki\",\"interval\":\"2026-02-01/2026-02-02\"}";
        wiki.markOvershadowedUnused();
        world.druid().tasks().submit("kill-wiki", kill);
        world.druid().settle();

        // When
        Rollback begun = wiki.start(true);
        world.settle();

        // Then
        Rollback rollback = wiki.done(begun);
        assertThat(rollback.restored()).containsExactly(new Rollback.Restored("main", 1, 0, 1, 0));
        assertThat(rollback.reloaded()).hasSize(1);
        assertThat(world.rows("wiki")).isEqualTo(4);
    }

    @Test
    void appendedObjectsAreTakenBackAndLoadedAgain() {
        // Given
        String text = GovernWorld.text("wiki").replace("mode: replace", "mode: append");
        wiki.twoVersions(text);
        world.upload("wiki", DAY, "a.json", 10).settle();
        assertThat(world.rows("wiki")).isEqualTo(10);

        // When
        Rollback begun = wiki.start(true);
        world.settle();

        // Then
        Rollback rollback = wiki.done(begun);
        assertThat(rollback.restored()).extracting(Rollback.Restored::takenBack).containsExactly(1);
        assertThat(rollback.reloaded()).hasSize(1);
        assertThat(world.rows("wiki")).isEqualTo(10);
    }

    @Test
    void objectsThatAreDeletedMeanwhileAreAProblemOfTheRollback() {
        // Given
        wiki.twoVersions(GovernWorld.text("wiki"));
        world.upload("wiki", DAY, "a.json", 10).settle();
        world.world().delete("wiki/dt=" + DAY + "/a.json");

        // When
        Rollback begun = wiki.start(true);
        world.settle();

        // Then
        Rollback rollback = wiki.done(begun);
        assertThat(rollback.reloaded()).isEmpty();
        assertThat(rollback.problems()).singleElement().asString().contains("was not loaded again");
        assertThat(world.rows("wiki")).isZero();
    }

    @Test
    void appendedObjectsOfWhichNobodyKnowsAreNotLoadedTwice() {
        // Given
        wiki.twoVersions(GovernWorld.text("wiki").replace("mode: replace", "mode: append"));
        world.upload("wiki", DAY, "a.json", 10);
        world.world().deliver("generate");
        world.world().deliver("submit");
        world.druid().settle();
        world.world().clusterLeaves();
        world.tickAfter(Duration.ofMinutes(20)).tickAfter(Duration.ofDays(1)).settle();
        world.world().clusterReturns();

        // When
        Rollback begun = wiki.start(true);
        world.settle();

        // Then
        Rollback rollback = wiki.done(begun);
        assertThat(rollback.reloaded()).isEmpty();
        assertThat(rollback.problems()).singleElement().asString().contains("nothing is taken back");
        assertThat(world.runs("wiki")).extracting(Run::state).hasOnlyElementsOfType(RunState.Failed.class);
        assertThat(world.rows("wiki")).isEqualTo(10);
    }

    @Test
    void aRollbackWaitsForDruidAndGoesOn() {
        // Given
        wiki.loadedByBoth(GovernWorld.text("wiki"));
        wiki.markOvershadowedUnused();
        Rollback begun = wiki.start(true);
        world.unavailable(DruidCall.USED_SEGMENTS, DruidCall.MARK_USED, DruidCall.MARK_UNUSED);
        world.settle();
        Rollback waiting = wiki.current(begun);

        // When
        world.availableAgain().settle();

        // Then
        assertThat(waiting.phase()).isEqualTo(Rollback.Phase.RESTORING);
        assertThat(wiki.done(begun).restored()).containsExactly(new Rollback.Restored("main", 1, 1, 0, 10));
        assertThat(world.rows("wiki")).isEqualTo(10);
    }

    @Test
    void aRestoreThatIsInterruptedAfterItsWorkIsRepeatedWithTheSameResult() {
        // Given
        wiki.loadedByBoth(GovernWorld.text("wiki"));
        Rollback begun = wiki.start(true);
        RestoreUnit unit = RestoreUnit.of(world.bean(BadRuns.class).of(begun)).get(0);
        world.bean(UnitRestore.class).restore(begun, unit, world.druid());

        // When
        world.settle();

        // Then
        assertThat(wiki.done(begun).problems()).isEmpty();
        assertThat(world.rows("wiki")).isEqualTo(10);
    }

    /** While the bad version's segments are used, the coordinator clears away what they hide whenever it comes round. */
    @Test
    void whatTheCoordinatorClearsAwayInBetweenIsMarkedUsedOnceMore() {
        // Given
        wiki.loadedByBoth(GovernWorld.text("wiki"));
        world.druid().faults((call, subject) -> {
            if (call == DruidCall.MARK_UNUSED) {
                world.druid().dropOvershadowed();
            }
            return Optional.empty();
        });

        // When
        Rollback begun = wiki.start(true);
        world.settle();

        // Then
        assertThat(wiki.done(begun).reloaded()).isEmpty();
        assertThat(world.rows("wiki")).isEqualTo(10);
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
            }
            world.settle();
        }
        assertThat(world.rows("wiki")).isEqualTo(2L * days);
        Rollback begun = wiki.start(true);

        // When
        Set<String> checkpoints = new TreeSet<>();
        for (int tick = 0; tick < 60 && wiki.current(begun).phase() != Rollback.Phase.DONE; tick++) {
            world.tickAfter(Duration.ofSeconds(10));
            Optional.ofNullable(wiki.current(begun).progress())
                    .flatMap(progress -> Optional.ofNullable(progress.verified()))
                    .ifPresent(checkpoints::add);
        }

        // Then
        assertThat(checkpoints).hasSize(2);
        assertThat(wiki.done(begun).problems()).isEmpty();
        assertThat(wiki.done(begun).restored()).containsExactly(new Rollback.Restored("main", days, 0, 0, days));
        assertThat(world.rows("wiki")).isEqualTo(days);
    }
}
