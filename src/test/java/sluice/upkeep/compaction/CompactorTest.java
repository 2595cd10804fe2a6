package sluice.upkeep.compaction;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.upkeep.UpkeepFixture.NOW;
import static sluice.upkeep.UpkeepFixture.day;
import static sluice.upkeep.compaction.Compacting.DAY;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.core.batch.RunKind;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunStore;
import sluice.platform.druid.DruidException;
import sluice.simulation.druid.CallFault;
import sluice.simulation.druid.CallFaults;
import sluice.simulation.druid.DruidCall;
import sluice.upkeep.UpkeepFixture;
import sluice.upkeep.UpkeepRuns;
import sluice.upkeep.compaction.ChunkCompaction.State;

class CompactorTest {

    private final Compacting compacting = new Compacting();
    private final UpkeepFixture fixture = compacting.fixture();
    private final Compactor compactor = fixture.bean(Compactor.class);
    private final Run loaded = UpkeepRuns.available(UpkeepRuns.planned("batch-run", "main", RunKind.BATCH, day(DAY)));

    @Test
    void aLoadedChunkIsCompactedOnTheFirstClusterFirst() {
        // Given
        compacting.twoSegments(fixture.main()).twoSegments(fixture.second());

        // When
        compactor.ended(loaded);

        // Then
        ChunkCompaction compaction = compaction();
        assertThat(compaction.state()).isEqualTo(State.PLANNED);
        assertThat(compaction.cluster()).isEqualTo("main");
        assertThat(compaction.definitionHash()).isEqualTo("hash");
        assertThat(run(compaction).cluster()).isEqualTo("main");
    }

    @Test
    void aRepeatedEventChangesNothing() {
        // Given
        compacting.twoSegments(fixture.main());
        compactor.ended(loaded);
        ChunkCompaction first = compaction();

        // When
        compactor.ended(loaded);

        // Then: the run that is planned has to end first
        assertThat(compaction().state()).isEqualTo(State.WAITING);
        assertThat(compaction().runId()).isEqualTo(first.runId());
        assertThat(compaction().reason()).isEqualTo("run " + first.runId() + " is Planned");
    }

    @Test
    void aLaterLoadBeginsAnewAndARepeatedEventDoesNot() {
        // Given
        fixture.define("wiki", List.of("main"), Compacting.AFTER_INGESTION);
        fixture.append(fixture.main(), "wiki", DAY, 4);
        fixture.clock().advance(Duration.ofMinutes(1));
        compactor.ended(loaded);
        Instant done = compaction().since();
        fixture.clock().advance(Duration.ofMinutes(1));

        // When
        compactor.ended(loaded);
        Instant repeated = compaction().since();
        compactor.ended(UpkeepRuns.available(
                UpkeepRuns.planned("later-run", "main", RunKind.BATCH, day(DAY)), done.plusSeconds(1)));

        // Then
        assertThat(repeated).isEqualTo(done);
        assertThat(compaction().state()).isEqualTo(State.DONE);
        assertThat(compaction().since()).isEqualTo(fixture.clock().instant());
    }

    @Test
    void theSecondClusterFollowsOnceTheFirstIsDone() {
        // Given
        compacting.twoSegments(fixture.main()).twoSegments(fixture.second());
        compactor.ended(loaded);
        end(run(compaction()));

        // When
        wake();

        // Then
        assertThat(compaction().state()).isEqualTo(State.PLANNED);
        assertThat(compaction().cluster()).isEqualTo("second");

        // When
        Run second = run(compaction());
        compacting.execute(fixture.second(), second);
        compactor.ended(fixture.bean(RunStore.class).save(UpkeepRuns.available(second)));

        // Then
        assertThat(compaction().state()).isEqualTo(State.DONE);
        assertThat(compaction().cluster()).isNull();
        assertThat(compaction().reason()).isEqualTo("there is one segment");
    }

    @Test
    void aFailureStopsBeforeTheNextCluster() {
        // Given
        compacting.twoSegments(fixture.main()).twoSegments(fixture.second());
        compactor.ended(loaded);
        Run failed = fixture.bean(RunStore.class).save(UpkeepRuns.failed(run(compaction())));

        // When
        compactor.ended(failed);

        // Then
        assertThat(compaction().state()).isEqualTo(State.STOPPED);
        assertThat(compaction().cluster()).isEqualTo("main");
        assertThat(compaction().reason()).contains("is Failed");
    }

    @Test
    void clustersThatDifferAreNamedWhenAllIsDone() {
        // Given
        fixture.append(fixture.main(), "wiki", DAY, 4).append(fixture.second(), "wiki", DAY, 6);

        // When
        compactor.ended(loaded);

        // Then
        assertThat(compaction().state()).isEqualTo(State.DONE);
        assertThat(compaction().reason())
                .isEqualTo("there is one segment; the clusters differ: main has 4 rows, second has 6 rows");
    }

    @Test
    void aSingleClusterIsComparedWithNobody() {
        // Given
        fixture.define("wiki", List.of("main"), Compacting.AFTER_INGESTION);
        fixture.append(fixture.main(), "wiki", DAY, 4).append(fixture.second(), "wiki", DAY, 6);

        // When
        compactor.ended(loaded);

        // Then
        assertThat(compaction().reason()).isEqualTo("there is one segment");
    }

    @Test
    void aDefinitionThatDoesNotAskForItLeavesNoTrace() {
        // Given
        fixture.define("wiki", List.of("main"));
        compacting.twoSegments(fixture.main());

        // When
        compactor.ended(loaded);

        // Then
        assertThat(fixture.bean(ChunkCompactions.class).newest("wiki", 10)).isEmpty();
    }

    @Test
    void aDefinitionThatDoesNotAskForItAnyMoreEndsIt() {
        // Given
        compacting.twoSegments(fixture.main());
        compactor.ended(loaded);
        fixture.define("wiki", List.of("main"));
        fixture.clock().advance(Duration.ofMinutes(1));

        // When
        compactor.ended(loaded);

        // Then
        assertThat(compaction().state()).isEqualTo(State.DONE);
        assertThat(compaction().reason()).isEqualTo("the definition does not ask for it");
    }

    @Test
    void aRunThatLoadedNothingConcernsKnownChunksOnly() {
        // Given
        compacting.twoSegments(fixture.main());
        Run failed = UpkeepRuns.failed(UpkeepRuns.planned("failed-run", "main", RunKind.BATCH, day(DAY), day(2)));

        // When
        compactor.ended(failed);
        compactor.ended(UpkeepRuns.available(UpkeepRuns.planned("kill-run", "main", RunKind.KILL, day(DAY))));

        // Then
        assertThat(fixture.bean(ChunkCompactions.class).newest("wiki", 10)).isEmpty();
    }

    @Test
    void aLaterLoadBringsItsDefinitionsHash() {
        // Given
        fixture.bean(ChunkCompactions.class).write(ChunkCompaction.begun("wiki", day(DAY), "older hash", NOW));
        compacting.twoSegments(fixture.main());

        // When
        compactor.ended(loaded);

        // Then
        assertThat(compaction().definitionHash()).isEqualTo("hash");
    }

    @Test
    void aChunkThatChangesWaits() {
        // Given: the rows are not what the segments say
        compacting.twoSegments(fixture.main());
        fixture.main().faults((call, subject) -> {
            if (call == DruidCall.ROW_TOTALS) {
                fixture.main().faults(CallFaults.NONE);
                fixture.append(fixture.main(), "wiki", DAY, 3);
            }
            return Optional.empty();
        });

        // When
        compactor.ended(loaded);

        // Then
        assertThat(compaction().state()).isEqualTo(State.WAITING);
        assertThat(compaction().reason()).isEqualTo("its segments are changing");
    }

    @Test
    void aClusterThatGivesNoAnswerIsTriedAgain() {
        // Given
        compacting.twoSegments(fixture.main());
        CallFault down = new CallFault.Refused(DruidException.Code.UNAVAILABLE);
        fixture.main().faults(CallFaults.once(DruidCall.ROW_TOTALS, down));

        // When
        compactor.ended(loaded);
        State first = compaction().state();
        wake();

        // Then
        assertThat(first).isEqualTo(State.WAITING);
        assertThat(compaction().state()).isEqualTo(State.PLANNED);
    }

    @Test
    void afterTheDeadlineNothingIsChecked() {
        // Given
        fixture.bean(ChunkCompactions.class).write(ChunkCompaction.begun("wiki", day(DAY), "hash", NOW));
        compacting.twoSegments(fixture.main());
        Instant later = NOW.plus(Duration.ofMinutes(5));
        fixture.clock().advance(Duration.ofMinutes(5));

        // When
        compactor.handle(fixture.table().due(later, 10), later);

        // Then
        assertThat(compaction().state()).isEqualTo(State.WAITING);
        assertThat(compaction().reason()).isEmpty();
    }

    private void end(Run run) {
        compacting.execute(fixture.main(), run);
        fixture.bean(RunStore.class).save(UpkeepRuns.available(run));
    }

    private void wake() {
        fixture.clock().advance(Duration.ofHours(1));
        Instant now = fixture.clock().instant();
        compactor.handle(fixture.table().due(now, 100), now.plusSeconds(30));
    }

    private ChunkCompaction compaction() {
        return fixture.bean(ChunkCompactions.class).find("wiki", day(DAY)).orElseThrow();
    }

    private Run run(ChunkCompaction compaction) {
        return fixture.bean(RunStore.class).find(compaction.runId()).orElseThrow();
    }
}
