package sluice.simulation.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import sluice.core.batch.TimeChunk;
import sluice.core.definition.SegmentGranularity;
import sluice.ingest.run.RunIndex;
import sluice.simulation.druid.InputRows;
import sluice.upkeep.backfill.Backfill;
import sluice.upkeep.backfill.BackfillState;
import sluice.upkeep.backfill.BackfillWish;
import sluice.upkeep.backfill.Backfills;

/** Backfills in which processes die at random calls. Longer ones run in {@link BackfillWorldIT}. */
class BackfillWorldTest {

    private static final String DATASOURCE = "wiki";
    /** One call in so many is the last one of its process. */
    private static final int CALLS_PER_KILL = 500;

    private static final int MOST_MINUTES = 6_000;

    @Test
    void aYearOfDaysRunsThroughWithKills() {
        runsThrough(SegmentGranularity.DAY, span("2025-01-01", "2026-01-01"), 30, 365, 13);
    }

    @Test
    void hoursOfTenDaysRunThroughWithKills() {
        runsThrough(SegmentGranularity.HOUR, span("2025-01-01", "2025-01-11"), null, 240, 10);
    }

    /**
     * Loads one file for each time chunk. It prints what a chunk costs.
     *
     * @param chunksPerRun null for as many as the backfill chooses
     * @param windows how many runs it takes
     */
    static void runsThrough(
            SegmentGranularity granularity,
            TimeChunk interval,
            @Nullable Integer chunksPerRun,
            int chunks,
            int windows) {
        // Given
        World world = world(granularity);
        for (Instant start = interval.start(); start.isBefore(interval.end()); start = granularity.end(start)) {
            world.write(key(granularity, start), InputRows.at(start, 1));
        }
        Backfills backfills = world.bean("gate", Backfills.class);
        BackfillWish wish = new BackfillWish(DATASOURCE, interval, null, chunksPerRun, 4, null, false, "alice", null);
        String id = backfills.start(wish, null, "").backfill().id();
        Kills kills = new Kills(4711);
        world.seams().faults(kills);

        // When
        int callsBefore = world.seams().calls();
        int callsAtHalf = 0;
        int minutes = 0;
        Backfill backfill = backfills.find(id).orElseThrow();
        while (!backfill.state().isEnd() && minutes < MOST_MINUTES) {
            world.settle(1);
            minutes++;
            backfill = found(world, id);
            if (callsAtHalf == 0 && backfill.progress().done() >= chunks / 2) {
                callsAtHalf = world.seams().calls();
            }
        }
        int calls = world.seams().calls() - callsBefore;
        System.out.printf(
                "%d chunks of one %s in %d windows: %d calls, %.1f per chunk, %d kills, %d minutes of simulated time%n",
                chunks, granularity, windows, calls, (double) calls / chunks, kills.count, minutes);

        // Then
        assertThat(kills.count).isPositive();
        assertThat(backfill.state()).isEqualTo(BackfillState.DONE);
        assertThat(backfill.progress().done()).isEqualTo(chunks);
        assertThat(backfill.progress().rows()).isEqualTo(chunks);
        assertThat(backfill.position().windows()).isEqualTo(windows);
        assertThat(world.bean("gate", RunIndex.class).all(DATASOURCE)).hasSize(windows);
        assertThat(world.druid().servedRows(DATASOURCE)).hasSize(chunks);
        assertThat(world.druid().servedRows(DATASOURCE).values()).containsOnly(1L);
        int firstHalf = callsAtHalf - callsBefore;
        assertThat((double) (calls - firstHalf) / firstHalf)
                .as("the second half costs what the first did")
                .isLessThan(1.5);
    }

    @Test
    void aFileOfTodayIsAsSoonAvailableAsWithoutABackfill() {
        // Given
        World alone = world(SegmentGranularity.DAY);
        World beside = world(SegmentGranularity.DAY);
        for (World world : new World[] {alone, beside}) {
            world.druid().slots(4);
            world.druid().taskDuration(Duration.ofMinutes(3));
        }
        for (int day = 1; day <= 28; day++) {
            Instant start = Instant.parse("2026-01-%02dT00:00:00Z".formatted(day));
            beside.write(key(SegmentGranularity.DAY, start), InputRows.at(start, 1));
        }
        beside.bean("gate", Backfills.class)
                .start(
                        new BackfillWish(
                                DATASOURCE, span("2026-01-01", "2026-01-29"), null, 1, 20, null, false, "alice", null),
                        null,
                        "");
        alone.settle(5);
        beside.settle(5);

        // When
        int withoutBackfill = minutesToAvailable(alone);
        int withBackfill = minutesToAvailable(beside);

        // Then
        assertThat(withBackfill).isBetween(1, withoutBackfill + 1);
    }

    private static int minutesToAvailable(World world) {
        Instant today = Instant.parse("2026-03-01T00:00:00Z");
        world.upload(key(SegmentGranularity.DAY, today), InputRows.at(today, 7));
        for (int minute = 1; minute <= 60; minute++) {
            world.settle(1);
            if (world.druid().servedRows(DATASOURCE).containsValue(7L)) {
                return minute;
            }
        }
        return -1;
    }

    private static Backfill found(World world, String id) {
        Faults faults = world.seams().faults();
        world.seams().faults(Faults.NONE);
        try {
            return world.bean("gate", Backfills.class).find(id).orElseThrow();
        } finally {
            world.seams().faults(faults);
        }
    }

    private static World world(SegmentGranularity granularity) {
        World world = new World();
        world.druid().slots(100);
        world.define(
                DATASOURCE,
                WikiDefinition.of(
                        "replace",
                        granularity.toString(),
                        granularity == SegmentGranularity.DAY ? "'dt='yyyy-MM-dd" : "'dt='yyyy-MM-dd/HH"));
        return world;
    }

    private static String key(SegmentGranularity granularity, Instant start) {
        String text = start.toString();
        return "wiki/dt=" + text.substring(0, 10)
                + (granularity == SegmentGranularity.DAY ? "" : "/" + text.substring(11, 13)) + "/a.json";
    }

    static TimeChunk span(String start, String end) {
        return new TimeChunk(Instant.parse(start + "T00:00:00Z"), Instant.parse(end + "T00:00:00Z"));
    }

    /** Kills processes at random calls. */
    private static final class Kills implements Faults {

        private final Random random;
        private int count;

        Kills(long seed) {
            random = new Random(seed);
        }

        @Override
        public Fault at(IoPoint point) {
            if (random.nextInt(CALLS_PER_KILL) > 0) {
                return Fault.NONE;
            }
            count++;
            return Fault.KILL;
        }
    }
}
