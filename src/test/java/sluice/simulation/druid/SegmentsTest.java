package sluice.simulation.druid;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.simulation.druid.DruidFixture.DAY;
import static sluice.simulation.druid.DruidFixture.NOON;
import static sluice.simulation.druid.DruidFixture.WIKI;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import sluice.core.batch.TimeChunk;
import sluice.platform.druid.ChunkSegment;
import sluice.platform.druid.SegmentCatalog.Used;
import sluice.platform.druid.SegmentState;
import sluice.platform.druid.UsedSegment;

class SegmentsTest {

    private final DruidFixture fixture =
            new DruidFixture().object("a", 3).object("b", 4).object("c", 10);
    private final InMemoryDruid druid = fixture.druid;

    @Test
    void aReplaceHidesTheOlderVersionWhichStaysUsed() {
        // Given
        fixture.load("t1", TaskJson.replace(WIKI, DAY, "a"));
        String old = druid.usedSegments(WIKI).get(0);

        // When
        fixture.load("t2", TaskJson.replace(WIKI, DAY, "b"));

        // Then
        assertThat(druid.usedSegments(WIKI)).hasSize(2).contains(old);
        assertThat(druid.segmentCatalog().used(WIKI, Used.OVERSHADOWED, null, "", 10))
                .extracting(UsedSegment::id)
                .containsExactly(old);
        assertThat(druid.servedRows(WIKI)).isEqualTo(Map.of("landing/b", 4L));
    }

    @Test
    void markingTheNewerVersionUnusedBringsTheOlderBack() {
        // Given
        fixture.load("t1", TaskJson.replace(WIKI, DAY, "a"));
        String old = druid.usedSegments(WIKI).get(0);
        fixture.load("t2", TaskJson.replace(WIKI, DAY, "b"));
        List<String> created =
                druid.usedSegments(WIKI).stream().filter(id -> !id.equals(old)).toList();

        // When
        int changed = druid.segmentUsage().markUnused(WIKI, created);

        // Then
        assertThat(changed).isOne();
        assertThat(druid.servedRows(WIKI)).isEqualTo(Map.of("landing/a", 3L));
    }

    @Test
    void aVersionWithoutOneOfItsCorePartitionsHidesNothing() {
        // Given
        fixture.load("t1", TaskJson.replace(WIKI, DAY, "a"));
        fixture.load("t2", TaskJson.replace(WIKI, DAY, "c").rowsPerSegment(4));
        List<String> created = druid.usedSegments(WIKI).subList(1, 4);

        // When
        druid.segmentUsage().markUnused(WIKI, created.subList(1, 2));

        // Then
        assertThat(druid.servedRows(WIKI)).isEqualTo(Map.of("landing/a", 3L));
        assertThat(druid.usedSegments(WIKI)).hasSize(3);
    }

    @Test
    void appendedSegmentsJoinTheVersionThatIsThereBehindItsCore() {
        // Given
        fixture.load("t1", TaskJson.replace(WIKI, DAY, "a"));

        // When
        fixture.load("t2", TaskJson.append(WIKI, DAY, "b"));

        // Then
        List<ChunkSegment> segments = druid.servedSegments().within(WIKI, DAY);
        assertThat(segments).extracting(ChunkSegment::partition).containsExactly(0, 1);
        assertThat(segments).extracting(ChunkSegment::corePartitions).containsOnly(1);
        assertThat(segments)
                .extracting(ChunkSegment::version)
                .containsOnly(segments.get(0).version());
        assertThat(segments).extracting(ChunkSegment::isCore).containsExactly(true, false);
    }

    @Test
    void appendedRowsGoWithTheVersionTheyJoined() {
        // Given
        fixture.load("t1", TaskJson.replace(WIKI, DAY, "a"));
        String core = druid.usedSegments(WIKI).get(0);
        fixture.load("t2", TaskJson.append(WIKI, DAY, "b"));

        // When
        druid.segmentUsage().markUnused(WIKI, List.of(core));

        // Then
        assertThat(druid.usedSegments(WIKI)).hasSize(1);
        assertThat(druid.servedRows(WIKI)).isEmpty();
    }

    @Test
    void aTaskPublishesTheSegmentsOfAllItsChunksAtOnce() {
        // Given
        TimeChunk twoDays = new TimeChunk(DAY.start(), DAY.end().plus(Duration.ofDays(1)));
        fixture.objects.put(
                "two", new InputRows(List.of(new Rows(NOON, 1), new Rows(NOON.plus(Duration.ofDays(1)), 2)), 0));
        druid.tasks().submit("t1", TaskJson.replace(WIKI, twoDays, "two").toString());
        druid.advance();
        druid.advance();
        int before = druid.usedSegments(WIKI).size();

        // When
        druid.advance();

        // Then
        assertThat(before).isZero();
        assertThat(druid.usedSegments(WIKI)).hasSize(2);
    }

    @Test
    void aReplaceWithoutRowsHidesTheChunkWithATombstone() {
        // Given
        fixture.load("t1", TaskJson.replace(WIKI, DAY, "a"));
        fixture.objects.put("elsewhere", InputRows.at(NOON.minus(Duration.ofDays(9)), 1));

        // When
        fixture.load("t2", TaskJson.replace(WIKI, DAY, "elsewhere"));

        // Then
        assertThat(druid.servedRows(WIKI)).isEmpty();
        assertThat(druid.servedSegments().within(WIKI, DAY))
                .singleElement()
                .satisfies(tombstone -> assertThat(tombstone.bytes()).isOne());
    }

    @Test
    void publishedSegmentsAreServedLater() {
        // Given
        druid.lags(Lags.NONE.served(Duration.ofSeconds(30)));
        fixture.load("t1", TaskJson.replace(WIKI, DAY, "a"));
        String id = druid.usedSegments(WIKI).get(0);

        // When
        SegmentState published =
                druid.servedSegments().states(WIKI, List.of(id)).get(id);
        fixture.clock.advance(Duration.ofSeconds(30));
        SegmentState served = druid.servedSegments().states(WIKI, List.of(id)).get(id);

        // Then
        assertThat(published.available()).isFalse();
        assertThat(published.rows()).isZero();
        assertThat(served.available()).isTrue();
        assertThat(served.rows()).isEqualTo(3);
    }

    @Test
    void theOldVersionAnswersUntilTheNewOneIsServed() {
        // Given
        fixture.load("t1", TaskJson.replace(WIKI, DAY, "a"));
        druid.lags(Lags.NONE.served(Duration.ofSeconds(30)));

        // When
        fixture.load("t2", TaskJson.replace(WIKI, DAY, "b"));

        // Then
        assertThat(druid.servedRows(WIKI)).isEqualTo(Map.of("landing/a", 3L));
        assertThat(druid.metadata().publishedRows(WIKI)).isEqualTo(Map.of("landing/b", 4L));
        druid.handOff();
        assertThat(druid.servedRows(WIKI)).isEqualTo(Map.of("landing/b", 4L));
    }

    @Test
    void killDeletesUnusedSegmentsForGood() {
        // Given
        fixture.load("t1", TaskJson.replace(WIKI, DAY, "a"));
        List<String> ids = druid.usedSegments(WIKI);
        druid.segmentUsage().markUnused(WIKI, ids);

        // When
        druid.tasks().submit("k1", TaskJson.kill(WIKI, DAY));
        druid.settle();
        druid.segmentUsage().markUsed(WIKI, ids.get(0));

        // Then
        assertThat(druid.tasks().segmentsKilled("k1")).isEqualTo(OptionalInt.of(1));
        assertThat(druid.usedSegments(WIKI)).isEmpty();
        assertThat(druid.segmentCatalog().unused(WIKI, null, null, 10)).isEmpty();
    }

    @Test
    void compactionKeepsTheRowsAndMakesOneVersionOfThem() {
        // Given
        fixture.load("t1", TaskJson.append(WIKI, DAY, "a"));
        fixture.load("t2", TaskJson.append(WIKI, DAY, "b"));

        // When
        druid.others().compact(WIKI, DAY, false);
        druid.settle();

        // Then
        assertThat(druid.servedSegments().within(WIKI, DAY))
                .singleElement()
                .satisfies(segment -> assertThat(segment.compacted()).isTrue());
        assertThat(druid.servedRows(WIKI)).isEqualTo(Map.of("landing/a", 3L, "landing/b", 4L));
        assertThat(druid.queries().totals(WIKI, List.of(DAY), List.of("count")).rows())
                .isEqualTo(7);
    }
}
