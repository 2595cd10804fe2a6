package sluice.govern.rollback;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.govern.rollback.RollingBack.DAY;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import sluice.govern.GovernWorld;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;

/** A rollback first stops the runs of the bad version, and the earlier version loads their files. */
class RollbackStepsTest {

    private final RollingBack wiki = new RollingBack();
    private final GovernWorld world = wiki.world();

    @Test
    void aPlannedRunOfTheBadVersionIsCancelledAndLoadedByTheEarlierOne() {
        // Given
        wiki.twoVersions(GovernWorld.text("wiki"));
        world.upload("wiki", DAY, "a.json", 10);
        world.world().deliver("generate");

        // When
        Rollback begun = wiki.start(false);
        world.tickAfter(Duration.ofSeconds(10)).settle();

        // Then
        Rollback rollback = wiki.done(begun);
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
        wiki.twoVersions(GovernWorld.text("wiki"));
        world.upload("wiki", DAY, "a.json", 10);
        world.world().deliver("generate");
        world.world().deliver("submit");
        assertThat(world.runs("wiki")).extracting(Run::state).hasOnlyElementsOfType(RunState.InDruid.class);

        // When
        Rollback begun = wiki.start(false);
        world.tickAfter(Duration.ofSeconds(10)).tickAfter(Duration.ofSeconds(10));
        Rollback stopping = wiki.current(begun);
        world.settle();

        // Then
        assertThat(stopping.phase()).isEqualTo(Rollback.Phase.STOPPING);
        assertThat(stopping.stopped()).hasSize(1);
        Rollback rollback = wiki.done(begun);
        assertThat(rollback.reloaded()).hasSize(1);
        assertThat(world.rows("wiki")).isEqualTo(10);
    }

    @Test
    void withoutDataWhatTheBadVersionLoadedStays() {
        // Given
        wiki.loadedByBoth(GovernWorld.text("wiki"));

        // When
        Rollback begun = wiki.start(false);
        world.settle();

        // Then
        assertThat(wiki.done(begun).restored()).isEmpty();
        assertThat(world.rows("wiki")).isEqualTo(4);
    }

    @Test
    void anOlderReadingOfARollbackWritesNothing() {
        // Given
        wiki.twoVersions(GovernWorld.text("wiki"));
        Rollback begun = wiki.start(false);
        RollbackStore store = world.bean(RollbackStore.class);
        store.save(begun, world.now());

        // When
        boolean saved = store.save(begun.done(world.now()), null);

        // Then
        assertThat(saved).isFalse();
        assertThat(wiki.current(begun).phase()).isEqualTo(Rollback.Phase.STOPPING);
    }
}
