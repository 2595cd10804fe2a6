package sluice.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import sluice.core.batch.Feed;
import sluice.core.batch.TimeChunk;
import sluice.entry.function.PollFunction;
import sluice.ingest.IngestFixture;
import sluice.ingest.run.RunState;
import sluice.platform.event.CloudEvent;

/** Ten datasources load years of days at once, while the files of today go on arriving. */
abstract class ManyDueChunks {

    private static final Instant FIRST_DAY = Instant.parse("1990-01-01T00:00:00Z");
    private static final int DATASOURCES = 10;
    private static final int RUNS = 20;

    private final int due;
    private final IngestFixture fixture = new IngestFixture(Map.of("sluice.definitions", "s3://definitions/"));
    private final ChunkStore chunks = fixture.bean(ChunkStore.class);

    /** @param due how many time chunks are due in one tick */
    ManyDueChunks(int due) {
        this.due = due;
    }

    /** Prints what a tick does first. */
    @Test
    void everyRunIsFollowedAndAChunkOfTodayIsWokenInTheTickInWhichManyChunksAreDue() {
        // Given
        runs();
        backfill();
        fixture.clock.advance(Duration.ofMinutes(10));
        touch(new Feed("other", "today"), FIRST_DAY);
        int before = fixture.events().size();

        // When
        long begin = System.nanoTime();
        fixture.bean(PollFunction.class).poll();
        Duration taken = Duration.ofNanos(System.nanoTime() - begin);

        // Then
        List<CloudEvent> sent =
                fixture.bus.taken().subList(before, fixture.bus.taken().size());
        Map<String, Integer> byFeed = new TreeMap<>();
        sent.stream()
                .filter(event -> event.type().equals("sluice.batch.settled"))
                .forEach(event -> byFeed.merge(event.subject(), 1, Integer::sum));
        System.out.printf(
                "%,d due chunks beside %d runs: one tick of %d ms follows all runs, and wakes %s%n",
                due, RUNS, taken.toMillis(), byFeed);
        assertThat(fixture.runs()).hasSize(RUNS).allMatch(run -> run.state() instanceof RunState.Succeeded);
        assertThat(byFeed).containsEntry("other/today", 1).hasSize(DATASOURCES + 1);
    }

    /** Tasks that have ended, and of which nobody knows yet. */
    private void runs() {
        for (int day = 1; day <= RUNS; day++) {
            fixture.inDruid(
                    IngestFixture.definition("append"), IngestFixture.day("2026-01-%02d".formatted(day)), "a.json", 3);
        }
        fixture.druid.settle();
    }

    private void backfill() {
        for (int number = 0; number < due; number++) {
            touch(
                    new Feed("main", "backfill" + number % DATASOURCES),
                    FIRST_DAY.plus(Duration.ofDays(number / DATASOURCES)));
            fixture.clock.advance(Duration.ofMillis(1));
        }
    }

    private void touch(Feed feed, Instant start) {
        chunks.touch(
                new ChunkId(feed, new TimeChunk(start, start.plus(Duration.ofDays(1)))),
                fixture.clock.instant(),
                Duration.ZERO);
    }
}
