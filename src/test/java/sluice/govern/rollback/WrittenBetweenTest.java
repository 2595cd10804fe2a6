package sluice.govern.rollback;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.govern.rollback.RollingBack.DAY;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import sluice.govern.GovernWorld;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.simulation.world.World;

/** Two runs of the bad version have written a time chunk, and somebody else has written it in between. */
class WrittenBetweenTest {

    private final RollingBack wiki = new RollingBack();
    private final GovernWorld world = wiki.world();

    /** The second bad run hides what a compaction has made of the first one's rows. They must not be served again. */
    @Test
    void whatACompactionHasMadeOfBadRowsIsNotRestored() {
        // Given
        wiki.loadedByBoth(GovernWorld.text("wiki"));
        compacted();
        world.upload("wiki", DAY, "b.json", 5).settle();
        assertThat(world.rows("wiki")).isEqualTo(9);

        // When
        Rollback begun = wiki.start(true);
        world.settle();

        // Then
        assertThat(wiki.done(begun).problems())
                .singleElement()
                .asString()
                .contains("nothing was restored", "others have written 1 segments");
        assertThat(world.rows("wiki")).isEqualTo(9);
        assertThat(world.runs("wiki")).extracting(Run::state).hasOnlyElementsOfType(RunState.Available.class);
    }

    @Test
    void withoutTheCompactedSegmentsTheEarlierDataIsServedAgain() {
        // Given
        wiki.loadedByBoth(GovernWorld.text("wiki"));
        String compacted = compacted();
        world.upload("wiki", DAY, "b.json", 5).settle();
        world.druid().segmentUsage().markUnused("wiki", Set.of(compacted));

        // When
        Rollback begun = wiki.start(true);
        world.settle();

        // Then
        assertThat(wiki.done(begun).problems()).isEmpty();
        assertThat(world.rows("wiki")).isEqualTo(10);
    }

    @Test
    void whatACompactionHasMadeOfAppendedBadRowsIsNotRestored() {
        // Given
        wiki.twoVersions(GovernWorld.text("wiki").replace("mode: replace", "mode: append"));
        world.upload("wiki", DAY, "a.json", 10).settle();
        compacted();
        world.upload("wiki", DAY, "b.json", 5).settle();
        assertThat(world.rows("wiki")).isEqualTo(15);

        // When
        Rollback begun = wiki.start(true);
        world.settle();

        // Then
        assertThat(wiki.done(begun).problems()).singleElement().asString().contains("nothing was restored");
        assertThat(world.rows("wiki")).isEqualTo(15);
        assertThat(world.runs("wiki")).extracting(Run::state).hasOnlyElementsOfType(RunState.Available.class);
    }

    /** The bad version was rolled back before without its data, and applied again. */
    @Test
    void whatAGoodVersionHasLoadedInBetweenIsServedAgain() {
        // Given
        String text = GovernWorld.text("wiki");
        wiki.loadedByBoth(text);
        wiki.start(false);
        world.settle();
        world.upload("wiki", DAY, "a.json", 6).settle();
        world.apply(text + "drift: fail\n");
        world.pass(Duration.ofSeconds(10)).upload("wiki", DAY, "a.json", 3).settle();
        assertThat(world.rows("wiki")).isEqualTo(3);

        // When
        Rollback begun = wiki.start(true);
        world.settle();

        // Then
        assertThat(wiki.done(begun).problems()).isEmpty();
        assertThat(world.rows("wiki")).isEqualTo(6);
    }

    /** Returns the segment that a compaction has made of the day. */
    private String compacted() {
        List<String> before = world.druid().usedSegments("wiki");
        world.druid().others().compact("wiki", World.day(DAY), false);
        world.druid().settle();
        world.pass(Duration.ofMinutes(10));
        List<String> made = world.druid().usedSegments("wiki").stream()
                .filter(id -> !before.contains(id))
                .toList();
        assertThat(made).hasSize(1);
        return made.get(0);
    }
}
