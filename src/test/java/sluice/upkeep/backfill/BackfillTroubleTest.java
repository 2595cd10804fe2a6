package sluice.upkeep.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.core.batch.S3Location;
import sluice.ingest.hold.HoldStore;
import sluice.ingest.run.RunSummary;
import sluice.platform.druid.DruidException;
import sluice.platform.metric.Metric;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.StateTable;
import sluice.simulation.druid.CallFault;
import sluice.simulation.druid.CallFaults;
import sluice.simulation.druid.Fate;

/** Failures, holds, clusters that are away, and definitions that change under a backfill. */
class BackfillTroubleTest extends TenDaysTest {

    @Test
    void aFailedChunkIsCountedAndRetried() {
        // Given
        world.druid().fates(task -> Fate.FAILS);
        Backfill begun = start(wish(span("2026-01-01", "2026-01-04")));
        world.settle(40);
        Backfill failed = found(begun);
        List<BackfillWindow> failures = backfills().failed(failed, 10);
        world.druid().fates(task -> Fate.SUCCEEDS);

        // When
        backfills().retryFailed(begun.id(), "alice", "the cluster has memory now");
        world.settle(40);

        // Then
        assertThat(failed.state()).isEqualTo(BackfillState.DONE_WITH_FAILURES);
        assertThat(failed.progress().failed()).isEqualTo(3);
        assertThat(failures).hasSize(3).allSatisfy(window -> assertThat(window.problem())
                .contains("is Failed"));
        Backfill done = found(begun);
        assertThat(done.state()).isEqualTo(BackfillState.DONE);
        assertThat(done.progress().failed()).isZero();
        assertThat(done.progress().done()).isEqualTo(3);
        assertThat(backfills().failed(done, 10)).isEmpty();
        assertThat(events()).contains("sluice.backfill.failed", "sluice.backfill.resumed");
    }

    @Test
    void whatFailsAgainCanBeRetriedAgain() {
        // Given
        world.druid().fates(task -> Fate.FAILS);
        Backfill begun = start(wish(span("2026-01-01", "2026-01-03")));
        world.settle(40);
        backfills().retryFailed(begun.id(), "alice", null);
        world.settle(40);
        Backfill again = found(begun);
        world.druid().fates(task -> Fate.SUCCEEDS);

        // When
        backfills().retryFailed(begun.id(), "alice", null);
        world.settle(40);

        // Then
        assertThat(again.state()).isEqualTo(BackfillState.DONE_WITH_FAILURES);
        assertThat(again.progress().failed()).isEqualTo(2);
        assertThat(found(begun).state()).isEqualTo(BackfillState.DONE);
    }

    @Test
    void heldChunksFailWithTheReasonOfTheHoldAndKeepNoPlace() {
        // Given
        world.bean("gate", HoldStore.class).put("wiki", day(9), "audit", "bob", null);
        Backfill begun = start(wish(TEN_DAYS));

        // When
        world.settle(40);

        // Then
        Backfill done = found(begun);
        assertThat(done.state()).isEqualTo(BackfillState.DONE_WITH_FAILURES);
        assertThat(done.progress().done()).isEqualTo(9);
        assertThat(backfills().failed(done, 10)).singleElement().satisfies(window -> assertThat(window.problem())
                .contains("audit"));
    }

    @Test
    void aHoldThatIsSetWhileARunWaitsEndsTheRun() {
        // Given
        Backfill begun = start(wish(span("2026-01-01", "2026-01-02")));
        world.tick();
        world.bean("gate", HoldStore.class).put("wiki", day(1), "audit", "bob", null);

        // When
        world.settle(10);

        // Then
        assertThat(found(begun).state()).isEqualTo(BackfillState.DONE_WITH_FAILURES);
        assertThat(runs()).extracting(RunSummary::state).containsExactly("Cancelled");
        assertThat(world.druid().servedRows("wiki")).isEmpty();
    }

    @Test
    void nothingBeginsWhileTheClusterDoesNotAnswerAndItGoesOnByItself() {
        // Given
        Backfill begun = start(wish(TEN_DAYS));
        world.druid().faults((call, subject) -> Optional.of(new CallFault.Refused(DruidException.Code.UNAVAILABLE)));

        // When
        world.settle(3);
        Backfill waiting = found(begun);
        world.druid().faults(CallFaults.NONE);
        world.settle(30);

        // Then
        assertThat(waiting.state()).isEqualTo(BackfillState.RUNNING);
        assertThat(waiting.waiting()).contains("cluster main");
        assertThat(waiting.position().windows()).isZero();
        assertThat(found(begun).state()).isEqualTo(BackfillState.DONE);
        assertThat(found(begun).waiting()).isNull();
    }

    @Test
    void aTickGoesOnForItsRunsAndNotForAClusterThatIsAway() {
        // Given
        Backfill begun = start(wish(TEN_DAYS));
        world.tick();
        boolean whileRunning = keepsTicking(begun);
        world.druid().faults((call, subject) -> Optional.of(new CallFault.Refused(DruidException.Code.UNAVAILABLE)));
        Backfill other = start(wish(span("2026-01-12", "2026-01-14")));

        // When
        world.settle(2);

        // Then
        assertThat(whileRunning).isTrue();
        assertThat(found(other).waiting()).isNotNull();
        assertThat(keepsTicking(other)).isFalse();
    }

    @Test
    void anIndexThatLagsBringsNoEndedBackfillBack() {
        // Given
        Backfill begun = start(wish(span("2020-01-01", "2020-01-02")));
        Item whenDue = world.table().get(Key.backfill(begun.id())).orElseThrow();
        world.settle(2);
        Backfill done = found(begun);

        // When
        world.bean("poll", BackfillSteps.class)
                .handle(List.of(whenDue), world.clock().instant().plusSeconds(60));

        // Then
        assertThat(done.state()).isEqualTo(BackfillState.DONE);
        assertThat(found(begun)).isEqualTo(done);
        assertThat(world.table().get(Key.backfill(begun.id())).orElseThrow().time(StateTable.DUE_AT))
                .isEmpty();
    }

    @Test
    void aDefinitionThatIsGonePausesIt() {
        // Given
        Backfill begun = start(wish(TEN_DAYS));
        world.objects().delete(new S3Location("definitions", "definitions/wiki.yaml"));
        world.clock().advance(Duration.ofMinutes(10));

        // When
        world.settle(2);

        // Then
        assertThat(found(begun).state()).isEqualTo(BackfillState.PAUSED);
        assertThat(backfills().history(begun.id(), 1)).singleElement().satisfies(move -> {
            assertThat(move.author()).isNull();
            assertThat(move.reason()).contains("there is no definition of wiki");
        });
    }

    @Test
    void aDefinitionWithOtherTimeChunksPausesIt() {
        // Given
        Backfill begun = start(wish(TEN_DAYS));
        define("replace", "MONTH");
        world.clock().advance(Duration.ofMinutes(10));

        // When
        world.settle(2);

        // Then
        assertThat(found(begun).state()).isEqualTo(BackfillState.PAUSED);
        assertThat(backfills().history(begun.id(), 1).get(0).reason()).contains("MONTH");
    }

    @Test
    void theMetricSaysHowLongItHasNotComeForward() {
        // Given
        start(wish(TEN_DAYS));
        world.druid().faults((call, subject) -> Optional.of(new CallFault.Refused(DruidException.Code.UNAVAILABLE)));

        // When
        world.settle(20);

        // Then
        assertThat(Collections.max(world.metrics().values(Metric.BACKFILL_IDLE_TIME)))
                .isGreaterThanOrEqualTo(Duration.ofMinutes(15).toSeconds());
    }
}
