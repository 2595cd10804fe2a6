package sluice.upkeep.compaction;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.upkeep.UpkeepFixture.NOW;
import static sluice.upkeep.UpkeepFixture.day;
import static sluice.upkeep.compaction.Compacting.DAY;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.core.batch.RunKind;
import sluice.core.contract.Finding;
import sluice.core.definition.BatchDefinition.Mode;
import sluice.core.definition.Definition;
import sluice.core.definition.Definitions;
import sluice.ingest.run.LeaseStore;
import sluice.ingest.run.Plan;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunStore;
import sluice.platform.druid.DruidException;
import sluice.simulation.druid.CallFault;
import sluice.simulation.druid.CallFaults;
import sluice.simulation.druid.DruidCall;
import sluice.simulation.druid.InMemoryDruid;
import sluice.simulation.druid.InputRows;
import sluice.simulation.druid.Lags;
import sluice.upkeep.UpkeepFixture;
import sluice.upkeep.UpkeepRuns;
import sluice.upkeep.clusters.ClusterStatus;

class ClusterChunkTest {

    private final Compacting compacting = new Compacting();
    private final UpkeepFixture fixture = compacting.fixture();
    private final InMemoryDruid main = fixture.main();
    private final ClusterChunk chunk = fixture.bean(ClusterChunk.class);

    @Test
    void twoSmallSegmentsAreReady() {
        // Given
        compacting.twoSegments(main);

        // Then
        assertThat(status()).isInstanceOfSatisfying(ClusterStatus.Ready.class, ready -> assertThat(ready.reason())
                .startsWith("2 segments with 10 rows"));
    }

    @Test
    void oneSegmentIsDone() {
        // Given
        fixture.load(main, "wiki", DAY);

        // Then
        assertThat(status()).isEqualTo(new ClusterStatus.Done("there is one segment"));
    }

    @Test
    void anUnknownClusterHasFailed() {
        assertThat(chunk.status(compacting.definition(), "other", day(DAY)))
                .isInstanceOfSatisfying(ClusterStatus.Failed.class, failed -> assertThat(failed.reason())
                        .contains("no cluster other"));
    }

    @Test
    void aLeaseMakesItBusy() {
        // Given
        compacting.twoSegments(main);
        Run run = fixture.bean(RunStore.class).save(UpkeepRuns.planned("run-1", "main", RunKind.BATCH, day(DAY)));
        fixture.bean(LeaseStore.class).take(run);

        // Then
        assertThat(status()).isEqualTo(new ClusterStatus.Busy("run run-1 holds the lease and is Planned"));
    }

    @Test
    void aClusterThatGivesNoAnswerIsBusy() {
        // Given
        CallFault down = new CallFault.Refused(DruidException.Code.UNAVAILABLE);
        main.faults(CallFaults.once(DruidCall.SEGMENT_TABLE, down));

        // Then
        assertThat(status()).isInstanceOfSatisfying(ClusterStatus.Busy.class, busy -> assertThat(busy.reason())
                .startsWith("cluster main: "));
    }

    @Test
    void brokersThatStillListUnusedSegmentsMakeItBusy() {
        // Given
        compacting.twoSegments(main);
        main.lags(new Lags(Duration.ofMinutes(1), Duration.ZERO, Duration.ZERO, Duration.ZERO));
        fixture.markUnused(main, "wiki", DAY);

        // Then
        assertThat(status()).isEqualTo(new ClusterStatus.Busy("brokers still list segments that are no longer used"));
    }

    @Test
    void brokersThatDoNotKnowNewSegmentsMakeItBusy() {
        // Given
        main.lags(new Lags(Duration.ofMinutes(1), Duration.ZERO, Duration.ZERO, Duration.ZERO));
        compacting.twoSegments(main);

        // Then
        assertThat(status()).isInstanceOfSatisfying(ClusterStatus.Busy.class, busy -> assertThat(busy.reason())
                .startsWith("brokers do not know 2 of 2 used segments yet"));
    }

    /** They poll the coordinator once a minute, and may do so between any two questions. */
    @Test
    void brokersThatLearnOfNewSegmentsInBetweenHideNone() {
        // Given
        main.lags(Lags.NONE.published(Duration.ofMinutes(1)));
        compacting.twoSegments(main);
        main.faults((call, subject) -> {
            if (call == DruidCall.SEGMENT_STATES) {
                fixture.clock().advance(Duration.ofMinutes(2));
            }
            return Optional.empty();
        });

        // Then
        assertThat(status()).isInstanceOf(ClusterStatus.Ready.class);
    }

    @Test
    void rolledUpRowsThatNothingCountsAreNotCompacted() {
        // Given
        fixture.define("wiki", List.of("main"), Compacting.AFTER_INGESTION)
                .redefine("wiki", "{type: count, name: count}, ", "");
        compacting.twoSegments(main);

        // Then
        assertThat(status()).isInstanceOfSatisfying(ClusterStatus.Failed.class, failed -> assertThat(failed.reason())
                .contains("no metric of type count or longSum"));
    }

    @Test
    void segmentsWhoseRowsAreUnknownMakeItBusy() {
        // Given
        main.lags(new Lags(Duration.ZERO, Duration.ZERO, Duration.ofMinutes(1), Duration.ZERO));
        compacting.twoSegments(main);

        // Then
        assertThat(status()).isEqualTo(new ClusterStatus.Busy("2 of 2 segments are not served yet"));
    }

    @Test
    void aTaskWithALockMakesItBusy() {
        // Given
        compacting.twoSegments(main);
        String task = main.others().replace("wiki", day(DAY), InputRows.at(day(DAY).start(), 3));
        main.advance();

        // Then
        assertThat(status()).isEqualTo(new ClusterStatus.Busy("task " + task + " has a lock on it"));
    }

    @Test
    void aYoungChunkIsBusy() {
        // Given
        fixture.define(
                "wiki",
                List.of("main", "second"),
                "compaction: {engine: none, afterIngestion: true, skipOffsetFromLatest: P1D}");
        compacting.twoSegments(main);

        // When
        ClusterStatus young = status();
        fixture.load(main, "wiki", DAY - 1);
        ClusterStatus old = status();

        // Then
        assertThat(young).isEqualTo(new ClusterStatus.Busy("it is younger than skipOffsetFromLatest P1D"));
        assertThat(old).isInstanceOf(ClusterStatus.Ready.class);
    }

    @Test
    void segmentsOfTheDefinitionsOwnPartitionsAreDone() {
        // Given
        fixture.define(
                "wiki",
                List.of("main", "second"),
                "  partitions: {type: hashed, numShards: 2}",
                Compacting.AFTER_INGESTION);
        fixture.loadParts(main, "wiki", DAY, 10, 5);

        // When
        ClusterStatus asLoaded = status();
        fixture.append(main, "wiki", DAY, 3);
        ClusterStatus appended = status();

        // Then
        assertThat(asLoaded).isInstanceOfSatisfying(ClusterStatus.Done.class, done -> assertThat(done.reason())
                .contains("the definition's own partitions"));
        assertThat(appended).isInstanceOf(ClusterStatus.Ready.class);
    }

    @Test
    void theRunThatCompactsTheseSegmentsDecides() {
        // Given
        compacting.twoSegments(main);
        RunStore runs = fixture.bean(RunStore.class);
        Run planned = plan().orElseThrow();

        // When
        ClusterStatus whilePlanned = status();
        Run failed = runs.save(UpkeepRuns.failed(planned));
        ClusterStatus afterFailure = status();
        fixture.append(main, "wiki", DAY, 1);
        ClusterStatus afterAnAppend = status();

        // Then
        assertThat(whilePlanned).isEqualTo(new ClusterStatus.Busy("run " + planned.id() + " is Planned"));
        assertThat(afterFailure)
                .isEqualTo(new ClusterStatus.Failed(
                        "run " + failed.id() + " could not compact these segments: it is Failed"));
        assertThat(afterAnAppend).as("other segments").isInstanceOf(ClusterStatus.Ready.class);
    }

    @Test
    void compactedSegmentsThatAreServedAgainAreAFailure() {
        // Given
        compacting.twoSegments(main);
        Run planned = plan().orElseThrow();
        fixture.bean(RunStore.class).save(UpkeepRuns.available(planned));

        // Then
        assertThat(status()).isInstanceOfSatisfying(ClusterStatus.Failed.class, failed -> assertThat(failed.reason())
                .contains("has compacted these segments, but they are served again"));
    }

    @Test
    void thePlannedRunSaysWhyAndWhatMustNotChange() {
        // Given
        compacting.twoSegments(main);

        // When
        Run run = plan().orElseThrow();

        // Then
        Plan plan = fixture.bean(RunStore.class).plan(run);
        assertThat(run.kind()).isEqualTo(RunKind.COMPACT);
        assertThat(run.mode()).isEqualTo(Mode.REPLACE);
        assertThat(run.chunks()).containsExactly(day(DAY));
        assertThat(run.definitionHash()).isEqualTo("hash");
        assertThat(plan.findings()).extracting(Finding::code).containsExactly("SLU-0926");
        CompactionInvariant before = CompactionInvariant.readFrom(plan.spec().path("context"));
        assertThat(before.rows()).isEqualTo(10);
        assertThat(before.rolledUp()).isTrue();
        assertThat(before.sums()).as("exact sums of stored columns").containsOnlyKeys("count");
    }

    @Test
    void planningIsIdempotent() {
        // Given
        compacting.twoSegments(main);

        // Then
        assertThat(plan().map(Run::id)).isPresent().isEqualTo(plan().map(Run::id));
    }

    @Test
    void aChunkThatChangesMeanwhileIsNotPlanned() {
        // Given: a third segment comes while rows are counted, and a fourth after they were
        compacting.twoSegments(main);
        main.faults((call, subject) -> {
            if (call == DruidCall.ROW_TOTALS) {
                main.faults(CallFaults.NONE);
                fixture.append(main, "wiki", DAY, 3);
            }
            return Optional.empty();
        });

        // Then
        assertThat(plan()).isEmpty();
    }

    @Test
    void aChunkWhoseSegmentsAreExchangedMeanwhileIsNotPlanned() {
        // Given: after the rows are counted, others take their place
        compacting.twoSegments(main);
        int[] looks = {0};
        main.faults((call, subject) -> {
            if (call == DruidCall.SEGMENT_TABLE && ++looks[0] == 2) {
                main.faults(CallFaults.NONE);
                fixture.clock().advance(Duration.ofSeconds(1));
                fixture.load(main, "wiki", DAY);
            }
            return Optional.empty();
        });

        // Then
        assertThat(plan()).isEmpty();
        assertThat(looks[0]).isEqualTo(2);
    }

    @Test
    void aChunkThatNeedsNoCompactionIsNotPlanned() {
        // Given
        fixture.load(main, "wiki", DAY);

        // Then
        assertThat(plan()).isEmpty();
    }

    @Test
    void streamsHaveTheStandardTimeLimit() {
        // Given
        Definition stream = Definitions.of(
                """
                apiVersion: sluice/v1
                datasource: wiki
                clusters: [main]
                schema:
                  timestampSpec: {column: time, format: iso}
                  dimensionsSpec: {dimensions: [page]}
                  granularitySpec: {segmentGranularity: DAY, rollup: false}
                stream:
                  - {type: kafka, topic: wiki, consumerProperties: {bootstrap.servers: "localhost:9092"}, taskCount: 1,
                     inputFormat: {type: json}}
                compaction: {engine: none, afterIngestion: true}
                """);
        compacting.twoSegments(main);

        // When
        Run run = chunk.plan(stream, "main", day(DAY), "hash").orElseThrow();

        // Then
        Plan plan = fixture.bean(RunStore.class).plan(run);
        assertThat(run.timeLimit()).isPositive();
        assertThat(run.createdAt()).isEqualTo(NOW);
        assertThat(CompactionInvariant.readFrom(plan.spec().path("context"))).isEqualTo(new CompactionInvariant(10));
    }

    private ClusterStatus status() {
        return chunk.status(compacting.definition(), "main", day(DAY));
    }

    private Optional<Run> plan() {
        return chunk.plan(compacting.definition(), "main", day(DAY), "hash");
    }
}
