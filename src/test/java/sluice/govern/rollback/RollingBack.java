package sluice.govern.rollback;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import sluice.core.batch.TimeChunk;
import sluice.govern.GovernWorld;

/** The datasource {@code wiki}, whose active version is bad and is rolled back to the one before. */
final class RollingBack {

    static final String DAY = "2026-02-01";

    private final GovernWorld world = new GovernWorld();

    GovernWorld world() {
        return world;
    }

    static TimeChunk day(String text) {
        Instant start = Instant.parse(text + "T00:00:00Z");
        return new TimeChunk(start, start.plus(Duration.ofDays(1)));
    }

    void twoVersions(String text) {
        world.apply(text);
        world.apply(text + "drift: fail\n");
        world.pass(Duration.ofSeconds(10));
        world.samples("{\"__time\": 0, \"time\": \"2026-02-01\", \"channel\": \"en\"}");
    }

    /** One day, loaded with ten rows by the first version and with four by the second. */
    void loadedByBoth(String text) {
        world.samples("{\"__time\": 0, \"time\": \"2026-02-01\", \"channel\": \"en\"}");
        world.apply(text);
        world.pass(Duration.ofSeconds(10)).upload("wiki", DAY, "a.json", 10).settle();
        world.apply(text + "drift: fail\n");
        world.pass(Duration.ofSeconds(10)).upload("wiki", DAY, "a.json", 4).settle();
        assertThat(world.rows("wiki")).isEqualTo(4);
    }

    void markOvershadowedUnused() {
        List<String> used = world.druid().usedSegments("wiki");
        assertThat(used).hasSize(2);
        world.druid().segmentUsage().markUnused("wiki", Set.of(used.get(0)));
    }

    /** @param data whether the rollback also restores what the bad version has replaced */
    Rollback start(boolean data) {
        return world.bean(Rollbacks.class)
                .start(world.active("wiki"), new Rollbacks.Order(null, data, "bob", "wrong", List.of()));
    }

    Rollback current(Rollback rollback) {
        return world.bean(Rollbacks.class).find("wiki", rollback.number()).orElseThrow();
    }

    /** The rollback as it is now, which has to be done. */
    Rollback done(Rollback rollback) {
        Rollback now = current(rollback);
        assertThat(now.phase()).as(world.world().story().toString()).isEqualTo(Rollback.Phase.DONE);
        return now;
    }

    /** Whether it has marked segments that are still to be verified. */
    boolean isMarked(Rollback rollback) {
        return Optional.ofNullable(current(rollback).progress())
                .map(Rollback.Progress::marked)
                .isPresent();
    }
}
