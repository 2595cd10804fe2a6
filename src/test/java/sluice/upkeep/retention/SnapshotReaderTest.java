package sluice.upkeep.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.upkeep.UpkeepFixture.day;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sluice.core.batch.RunKind;
import sluice.core.batch.TimeChunk;
import sluice.core.definition.BatchDefinition.Mode;
import sluice.core.definition.Span;
import sluice.ingest.run.LeaseStore;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunStore;
import sluice.platform.druid.ChunkTotals;
import sluice.platform.druid.UsedSegment;
import sluice.simulation.druid.InputRows;
import sluice.simulation.druid.Lags;
import sluice.upkeep.UpkeepFixture;

class SnapshotReaderTest {

    private static final RetentionPolicy FOR_EVER = new RetentionPolicy(null, null, false, false, List.of(), "");

    private final UpkeepFixture fixture = new UpkeepFixture();

    @Test
    void chunksThatEndedBeforeKeepAreExpired() {
        // Given: a week ago it was noon of the day that began seven days ago
        fixture.load(fixture.main(), "wiki", 9, 8, 7, 0);

        // When
        DatasourceSnapshot snapshot = take(Snapshots.KEEP_A_WEEK);

        // Then
        assertThat(snapshot.totals()).hasSize(4);
        assertThat(snapshot.expired()).extracting(UsedSegment::start).containsExactly(day(9).start(), day(8).start());
        assertThat(snapshot.complete()).isTrue();
    }

    @Test
    void withoutKeepNothingIsExpired() {
        // Given
        fixture.load(fixture.main(), "wiki", 9);

        // Then
        assertThat(take(FOR_EVER).expired()).isEmpty();
    }

    @Test
    void allOfAnOrphanIsExpired() {
        // Given
        fixture.load(fixture.main(), "wiki", 9, 0);

        // Then
        assertThat(take(RetentionPolicy.orphan(new Span("P30D"))).expired()).hasSize(2);
    }

    @Test
    void whatANewerVersionOvershadowsIsListed() {
        // Given
        fixture.load(fixture.main(), "wiki", 3);
        fixture.clock().advance(Duration.ofMinutes(1));
        fixture.load(fixture.main(), "wiki", 3);

        // When
        DatasourceSnapshot snapshot = take(FOR_EVER);

        // Then
        assertThat(snapshot.totals()).hasSize(1);
        assertThat(snapshot.overshadowed()).singleElement().satisfies(segment -> assertThat(segment.version())
                .isLessThan(snapshot.totals().get(0).version()));
    }

    @Test
    void segmentsThatNoServerHasAreListed() {
        // Given
        fixture.main().lags(Lags.NONE.served(Duration.ofDays(1)));
        fixture.load(fixture.main(), "wiki", 3);

        // Then
        assertThat(take(FOR_EVER).notLoaded()).hasSize(1);
    }

    @Test
    void unusedSegmentsAreListedWithThoseThatAreStillServed() {
        // Given
        fixture.load(fixture.main(), "wiki", 4, 3).markUnused(fixture.main(), "wiki", 4);
        fixture.main().lags(Lags.NONE.served(Duration.ofHours(1)));
        fixture.markUnused(fixture.main(), "wiki", 3);

        // When
        DatasourceSnapshot snapshot = take(FOR_EVER);

        // Then
        assertThat(snapshot.totals()).isEmpty();
        assertThat(snapshot.notLoaded()).isEmpty();
        assertThat(snapshot.unused()).hasSize(2);
        assertThat(snapshot.served()).singleElement().satisfies(id -> assertThat(id)
                .contains(day(3).start().toString().substring(0, 10)));
    }

    @Test
    void leasesAndLocksOfNowAreSeen() {
        // Given
        fixture.load(fixture.main(), "wiki", 5);
        Run run = fixture.bean(RunStore.class)
                .save(Run.first(
                        "run",
                        "main",
                        "wiki",
                        RunKind.BATCH,
                        Mode.REPLACE,
                        List.of(day(2)),
                        "hash",
                        "spec",
                        Duration.ofHours(4),
                        UpkeepFixture.NOW));
        fixture.bean(LeaseStore.class).take(run);
        fixture.main().others().replace("wiki", day(1), InputRows.at(day(1).start(), 3));
        fixture.main().advance();

        // When
        DatasourceSnapshot snapshot = take(FOR_EVER);

        // Then
        assertThat(snapshot.leased()).containsExactly(day(2));
        assertThat(snapshot.locked()).containsExactly(day(1));
        assertThat(snapshot.rules())
                .extracting(rule -> rule.path("type").asText())
                .containsExactly("loadForever");
    }

    @Test
    void moreThanOneSweepReadsMakesTheSnapshotIncomplete() {
        // Given
        UpkeepFixture small = new UpkeepFixture(Map.of("sluice.retention.max-segments", "2"));
        small.load(small.main(), "wiki", 9, 8, 7).markUnused(small.main(), "wiki", 9, 8);

        // When
        DatasourceSnapshot snapshot =
                small.bean(SnapshotReader.class).take(small.main(), "wiki", RetentionPolicy.orphan(new Span("P1D")));

        // Then
        assertThat(snapshot.unused()).hasSize(2);
        assertThat(snapshot.expired()).hasSize(1);
        assertThat(snapshot.complete()).isFalse();
    }

    @Test
    void eachCategoryHasItsLimit() {
        // Given
        UpkeepFixture expired = one();
        expired.load(expired.main(), "wiki", 9);
        UpkeepFixture overshadowed = one();
        overshadowed.load(overshadowed.main(), "wiki", 3);
        overshadowed.clock().advance(Duration.ofMinutes(1));
        overshadowed.load(overshadowed.main(), "wiki", 3);
        UpkeepFixture notLoaded = one();
        notLoaded.main().lags(Lags.NONE.served(Duration.ofDays(1)));
        notLoaded.load(notLoaded.main(), "wiki", 3);
        UpkeepFixture unused = one();
        unused.load(unused.main(), "wiki", 3, 2).markUnused(unused.main(), "wiki", 3);
        UpkeepFixture nothing = one();
        nothing.load(nothing.main(), "wiki", 3);

        // Then
        assertThat(List.of(expired, overshadowed, notLoaded, unused))
                .allSatisfy(fixture -> assertThat(take(fixture).complete()).isFalse());
        assertThat(take(nothing).complete()).isTrue();
    }

    private static UpkeepFixture one() {
        return new UpkeepFixture(Map.of("sluice.retention.max-segments", "1"));
    }

    private static DatasourceSnapshot take(UpkeepFixture fixture) {
        return fixture.bean(SnapshotReader.class).take(fixture.main(), "wiki", Snapshots.KEEP_A_WEEK);
    }

    @Test
    void unusedSegmentsAreReadPageByPage() {
        // Given: more than one page of 500, in as many partitions of one day
        fixture.loadParts(fixture.main(), "wiki", 3, 501, 1).markUnused(fixture.main(), "wiki", 3);

        // Then
        assertThat(take(FOR_EVER).unused()).hasSize(501).doesNotHaveDuplicates();
    }

    @Test
    void totalsAreByChunkAndVersion() {
        // Given
        fixture.load(fixture.main(), "wiki", 4, 3).append(fixture.main(), "wiki", 3, 5);

        // When
        List<ChunkTotals> totals = fixture.bean(SnapshotReader.class).totals(fixture.main(), "wiki");

        // Then
        assertThat(totals)
                .extracting(chunk -> new TimeChunk(chunk.start(), chunk.end()))
                .containsExactly(day(4), day(3));
        assertThat(totals).extracting(ChunkTotals::rows).containsExactly(10L, 15L);
    }

    private DatasourceSnapshot take(RetentionPolicy policy) {
        return fixture.bean(SnapshotReader.class).take(fixture.main(), "wiki", policy);
    }
}
