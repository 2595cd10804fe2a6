package sluice.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.core.batch.Feed;
import sluice.core.batch.TimeChunk;
import sluice.ingest.IngestFixture;
import sluice.platform.druid.DruidClusters;
import sluice.platform.druid.DruidException;
import sluice.platform.event.CloudEvent;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.StateTable;
import sluice.simulation.druid.CallFault;

class ChunkWakingTest {

    private static final Instant FIRST_DAY = Instant.parse("2016-01-01T00:00:00Z");

    private final IngestFixture fixture = new IngestFixture();
    private final ChunkWaking waking = fixture.bean(ChunkWaking.class);
    private final ChunkStore chunks = fixture.bean(ChunkStore.class);

    @Test
    void dueChunksAreAnnouncedAndOtherItemsAreNot() {
        // Given
        fixture.planned("replace", "a.json", 3);
        gather(new Feed("main", "wiki"), 1);
        List<Item> due = due();

        // When
        handle(due);

        // Then
        assertThat(due).extracting(item -> Key.of(item).pk()).hasSize(2).contains("chunk#main#wiki");
        assertThat(fixture.events()).containsExactly("sluice.run.planned", "sluice.batch.settled");
    }

    @Test
    void tenEventsGoIntoOneCall() {
        // Given
        gather(new Feed("main", "wiki"), 25);

        // When
        handle(due());

        // Then
        assertThat(fixture.bus.calls()).containsExactly(10, 10, 5);
        assertThat(fixture.due()).isEmpty();
    }

    @Test
    void clustersAndDatasourcesTakeTurns() {
        // Given
        gather(new Feed("main", "backfill"), 60);
        gather(new Feed("main", "fresh"), 1);
        gather(new Feed("other", "wiki"), 1);

        // When
        handle(due());

        // Then
        assertThat(fixture.bus.taken().subList(0, 4))
                .extracting(CloudEvent::subject)
                .contains("main/backfill", "main/fresh", "other/wiki");
    }

    @Test
    void aBackfillIsWokenBitByBit() {
        // Given
        gather(new Feed("main", "backfill"), 1_500);
        List<Item> due = due();
        handle(due);
        int atOnce = fixture.events().size();
        handle(fixture.table.due(fixture.clock.instant(), 16_000));
        int sameMinute = fixture.events().size();
        fixture.clock.advance(Duration.ofMinutes(1));

        // When
        handle(fixture.table.due(fixture.clock.instant(), 16_000));

        // Then
        assertThat(atOnce).isEqualTo(600);
        assertThat(sameMinute).isEqualTo(atOnce);
        assertThat(fixture.events()).hasSize(1_200);
    }

    @Test
    void chunksOfAClusterThatDoesNotAnswerAreNotAnnounced() {
        // Given
        fixture.druid.faults((call, subject) -> Optional.of(new CallFault.Hangs(Duration.ofSeconds(20), false)));
        gather(new Feed("main", "wiki"), 20);
        gather(new Feed("other", "wiki"), 1);
        List<Item> due = due();
        askInVain();

        // When
        handle(due);

        // Then
        assertThat(fixture.bus.taken()).extracting(CloudEvent::subject).containsExactly("other/wiki");
        assertThat(fixture.due()).isEmpty();
    }

    @Test
    void anUnreadableChunkDoesNotStopTheOthers() {
        // Given
        gather(new Feed("main", "wiki"), 2);
        Item broken = due().get(0).with("chunkStart", "yesterday");
        fixture.table.put(broken);

        // When
        handle(fixture.due());

        // Then
        assertThat(fixture.events()).containsExactly("sluice.batch.settled");
        assertThat(fixture.due()).isEmpty();
        assertThat(fixture.table.get(Key.of(broken)).orElseThrow().time(StateTable.DUE_AT))
                .hasValueSatisfying(due -> assertThat(due).isAfter(fixture.clock.instant()));
    }

    private void askInVain() {
        try {
            fixture.bean(DruidClusters.class).find("main").orElseThrow().version();
        } catch (DruidException expected) {
            assertThat(expected).hasMessageContaining("no answer");
        }
    }

    private void gather(Feed feed, int days) {
        for (int day = 0; day < days; day++) {
            Instant start = FIRST_DAY.plus(Duration.ofDays(day));
            chunks.touch(
                    new ChunkId(feed, new TimeChunk(start, start.plus(Duration.ofDays(1)))),
                    fixture.clock.instant(),
                    Duration.ZERO);
        }
    }

    private List<Item> due() {
        fixture.clock.advance(Duration.ofMinutes(2));
        return new ArrayList<>(fixture.table.due(fixture.clock.instant(), 16_000));
    }

    private void handle(List<Item> due) {
        waking.handle(due, fixture.clock.instant().plusSeconds(45));
    }
}
