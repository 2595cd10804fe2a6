package sluice.upkeep.backfill;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import sluice.core.batch.TimeChunk;
import sluice.ingest.run.RunIndex;
import sluice.ingest.run.RunSummary;
import sluice.platform.event.CloudEvent;
import sluice.platform.state.Key;
import sluice.simulation.druid.InputRows;
import sluice.simulation.world.WikiDefinition;
import sluice.simulation.world.World;

/** Backfills of ten days, each with one file. */
abstract class TenDaysTest {

    static final TimeChunk TEN_DAYS = span("2026-01-01", "2026-01-11");

    final World world = new World();

    @BeforeEach
    void defineAndUpload() {
        define("replace", "DAY");
        world.druid().slots(100);
        for (int day = 1; day <= 10; day++) {
            world.write(key(day), InputRows.at(day(day).start(), 10L + day));
        }
    }

    static int size(Backfill backfill) {
        return backfill.toString().length();
    }

    Backfills backfills() {
        return world.bean("gate", Backfills.class);
    }

    Backfill start(BackfillWish wish) {
        return backfills().start(wish, null, "").backfill();
    }

    Backfill found(Backfill backfill) {
        return backfills().find(backfill.id()).orElseThrow();
    }

    List<RunSummary> runs() {
        return world.bean("gate", RunIndex.class).all("wiki");
    }

    List<String> events() {
        return world.events().stream()
                .map(CloudEvent::type)
                .filter(type -> type.startsWith("sluice.backfill"))
                .toList();
    }

    void define(String mode, String granularity) {
        world.define("wiki", WikiDefinition.of(mode, granularity, "'dt='yyyy-MM-dd"));
    }

    static String key(int day) {
        return "wiki/dt=2026-01-%02d/a.json".formatted(day);
    }

    static TimeChunk day(int day) {
        return World.day("2026-01-%02d".formatted(day));
    }

    static BackfillWish wish(TimeChunk interval) {
        return new BackfillWish("wiki", interval, null, 1, 2, null, false, "alice", null);
    }

    static TimeChunk span(String start, String end) {
        return new TimeChunk(Instant.parse(start + "T00:00:00Z"), Instant.parse(end + "T00:00:00Z"));
    }

    boolean keepsTicking(Backfill backfill) {
        return world.bean("poll", BackfillSteps.class)
                .keepsTicking(world.table().get(Key.backfill(backfill.id())).orElseThrow());
    }
}
