package sluice.upkeep.chunks;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.upkeep.UpkeepFixture.NOW;
import static sluice.upkeep.UpkeepFixture.day;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.core.batch.Feed;
import sluice.core.batch.RunKind;
import sluice.core.batch.TimeChunk;
import sluice.core.definition.Definition;
import sluice.govern.registry.DefinitionCatalog;
import sluice.ingest.hold.HoldStore;
import sluice.ingest.run.Problem;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;
import sluice.platform.druid.DruidException;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.simulation.druid.CallFault;
import sluice.simulation.druid.DruidCall;
import sluice.upkeep.UpkeepFixture;
import sluice.upkeep.UpkeepRuns;

class ChunkMatrixTest {

    private static final Feed WIKI = new Feed("main", "wiki");

    private final UpkeepFixture fixture = new UpkeepFixture().define("wiki", List.of("main"));
    private final ChunkMatrix matrix = fixture.bean(ChunkMatrix.class);

    @Test
    void aChunkThatNobodyKnowsIsMissingAndOneWithSegmentsIsAvailable() {
        // Given
        fixture.load(fixture.main(), "wiki", 2);

        // When
        List<ChunkStatus> chunks = page(3, 1).chunks();

        // Then
        assertThat(chunks)
                .extracting(ChunkStatus::condition)
                .containsExactly(ChunkCondition.MISSING, ChunkCondition.AVAILABLE);
        assertThat(chunks).extracting(ChunkStatus::contents).first().isEqualTo(SegmentTally.NONE);
        assertThat(chunks.get(1).contents()).satisfies(contents -> {
            assertThat(contents.rows()).isEqualTo(10);
            assertThat(contents.segments()).isEqualTo(1);
            assertThat(contents.versions()).isEqualTo(1);
        });
    }

    @Test
    void aRunThatLivesIsLoadingWhateverElseIsThere() {
        // Given
        fixture.load(fixture.main(), "wiki", 2);
        known(2, planned("r1"), true);

        // When
        ChunkStatus chunk = only(2);

        // Then
        assertThat(chunk.condition()).isEqualTo(ChunkCondition.LOADING);
        assertThat(chunk.run()).isEqualTo("r1");
        assertThat(chunk.runState()).isEqualTo("Planned");
        assertThat(chunk.files()).isEqualTo(3);
    }

    @Test
    void filesThatWaitAreGatheringAlsoIfAnEarlierRunIsAvailable() {
        // Given
        fixture.load(fixture.main(), "wiki", 2);
        known(2, UpkeepRuns.available(planned("r1")), true);

        // When
        ChunkStatus chunk = only(2);

        // Then
        assertThat(chunk.condition()).isEqualTo(ChunkCondition.GATHERING);
    }

    @Test
    void theNewestRunsEndDecides() {
        // Given
        Problem problem = new Problem(Problem.Code.TASK_FAILED, "it broke");
        Run failed = UpkeepRuns.failed(planned("failed"));
        fixture.load(fixture.main(), "wiki", 3, 4);
        known(7, failed, false);
        known(6, planned("rolledback").changed(new RunState.RolledBack(NOW, problem)), false);
        known(5, planned("superseded").changed(new RunState.Superseded(NOW, "other")), false);
        known(4, planned("superseded2").changed(new RunState.Superseded(NOW, "other")), false);
        known(3, planned("cancelled").changed(new RunState.Cancelled(NOW, "by hand")), false);
        known(2, UpkeepRuns.available(planned("deleted")), false);

        // When
        List<ChunkStatus> chunks = page(7, 1).chunks();

        // Then
        assertThat(chunks)
                .extracting(ChunkStatus::condition)
                .containsExactly(
                        ChunkCondition.FAILED,
                        ChunkCondition.ROLLED_BACK,
                        ChunkCondition.MISSING,
                        ChunkCondition.AVAILABLE,
                        ChunkCondition.FAILED,
                        ChunkCondition.MISSING);
    }

    @Test
    void anEmptyChunkThatRetentionDoesNotKeepIsExpired() {
        // Given
        fixture.define("wiki", List.of("main"), "retention: {keep: P3D}");
        fixture.load(fixture.main(), "wiki", 5);
        known(6, UpkeepRuns.available(planned("old")), false);

        // When
        List<ChunkStatus> chunks = page(6, 1).chunks();

        // Then
        assertThat(chunks)
                .extracting(ChunkStatus::condition)
                .containsExactly(
                        ChunkCondition.EXPIRED,
                        ChunkCondition.AVAILABLE,
                        ChunkCondition.EXPIRED,
                        ChunkCondition.MISSING,
                        ChunkCondition.MISSING);
    }

    @Test
    void aHoldMarksTheChunksThatItOverlaps() {
        // Given
        fixture.bean(HoldStore.class).put("wiki", day(3), "audit", "alice", null);

        // When
        List<ChunkStatus> chunks = page(4, 1).chunks();

        // Then
        assertThat(chunks).extracting(ChunkStatus::isHeld).containsExactly(false, true, false);
    }

    @Test
    void aClusterThatDoesNotAnswerLeavesWhatTheStateTableKnows() {
        // Given
        known(3, UpkeepRuns.available(planned("r1")), false);
        fixture.main().faults((call, subject) -> Optional.of(new CallFault.Refused(DruidException.Code.UNAVAILABLE)));

        // When
        ChunkPage page = page(4, 2);

        // Then
        assertThat(page.problem()).isNotEmpty();
        assertThat(page.chunks())
                .extracting(ChunkStatus::condition)
                .containsExactly(ChunkCondition.UNKNOWN, ChunkCondition.AVAILABLE);
        assertThat(page.chunks()).extracting(ChunkStatus::contents).containsOnlyNulls();
    }

    @Test
    void versionsAndSegmentsAreCounted() {
        // Given
        fixture.loadParts(fixture.main(), "wiki", 2, 20, 5).append(fixture.main(), "wiki", 2, 7);

        // When
        ChunkStatus chunk = only(2);

        // Then
        assertThat(chunk.contents()).satisfies(contents -> {
            assertThat(contents.rows()).isEqualTo(27);
            assertThat(contents.segments()).isEqualTo(5);
        });
    }

    @Test
    void aSegmentThatIsLongerThanTheChunksCountsInEachThatItOverlaps() {
        // Given
        fixture.load(fixture.main(), "wiki", 2);
        fixture.redefine("wiki", "segmentGranularity: DAY", "segmentGranularity: HOUR");
        fixture.redefine("wiki", "'dt='yyyy-MM-dd", "'dt='yyyy-MM-dd/HH");

        // When
        List<ChunkStatus> chunks = page(2, 0).chunks();

        // Then
        assertThat(chunks).hasSize(48);
        assertThat(chunks.subList(0, 24))
                .allSatisfy(chunk -> assertThat(chunk.contents().rows()).isEqualTo(10));
        assertThat(chunks.subList(24, 48))
                .allSatisfy(chunk -> assertThat(chunk.condition()).isEqualTo(ChunkCondition.MISSING));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 100})
    void pagesHaveEachChunkOnceWhateverTheirSize(int limit) {
        // Given
        TimeChunk interval =
                new TimeChunk(day(10).start().plusSeconds(3_600), day(3).end().minusSeconds(1));

        // When
        List<TimeChunk> chunks = new ArrayList<>();
        Instant from = interval.start();
        while (from != null) {
            ChunkPage page = matrix.page(definition(), fixture.main(), interval, from, limit);
            assertThat(page.chunks()).hasSizeLessThanOrEqualTo(limit);
            page.chunks().forEach(each -> chunks.add(each.chunk()));
            from = page.next();
        }

        // Then
        assertThat(chunks).containsExactly(day(10), day(9), day(8), day(7), day(6), day(5), day(4), day(3));
    }

    @Test
    void threeYearsOfHoursCostOneQueryPerPageAndNothingPerEmptyChunk() {
        // Given
        fixture.redefine("wiki", "segmentGranularity: DAY", "segmentGranularity: HOUR");
        fixture.redefine("wiki", "'dt='yyyy-MM-dd", "'dt='yyyy-MM-dd/HH");
        TimeChunk years = new TimeChunk(Instant.parse("2023-01-01T00:00:00Z"), Instant.parse("2026-01-01T00:00:00Z"));
        Definition definition = definition();
        int pages = 0;
        int chunks = 0;
        List<DruidCall> calls = new ArrayList<>();
        fixture.main().faults((call, subject) -> {
            calls.add(call);
            return Optional.empty();
        });

        // When
        Instant from = years.start();
        while (from != null) {
            ChunkPage page = matrix.page(definition, fixture.main(), years, from, 2_000);
            pages++;
            chunks += page.chunks().size();
            from = page.next();
        }

        // Then
        assertThat(chunks).isEqualTo(26_304);
        assertThat(pages).isEqualTo(14);
        assertThat(calls).hasSize(pages).containsOnly(DruidCall.SEGMENT_TABLE);
    }

    private ChunkStatus only(int daysAgo) {
        return page(daysAgo, daysAgo - 1).chunks().get(0);
    }

    private ChunkPage page(int fromDaysAgo, int toDaysAgo) {
        TimeChunk interval =
                new TimeChunk(day(fromDaysAgo).start(), day(toDaysAgo).start());
        return matrix.page(definition(), fixture.main(), interval, interval.start(), 1_000);
    }

    private Definition definition() {
        return fixture.bean(DefinitionCatalog.class).fresh().find("wiki").orElseThrow();
    }

    private static Run planned(String id) {
        return UpkeepRuns.planned(id, "main", RunKind.BATCH, day(2));
    }

    private void known(int daysAgo, Run run, boolean waits) {
        fixture.bean(RunStore.class).save(run);
        Item chunk = Item.at(Key.chunk(WIKI, day(daysAgo).start()))
                .with("recentRuns", run.id() + ",earlier")
                .with("files", 3)
                .with("generation", 2)
                .with("planned", waits ? 1 : 2);
        fixture.table().put(waits ? chunk.with("waitingSince", NOW) : chunk);
    }
}
