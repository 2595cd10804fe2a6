package sluice.upkeep.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.core.batch.TimeChunk;
import sluice.ingest.hold.HoldStore;
import sluice.ingest.run.RunSummary;
import sluice.platform.druid.DruidException;
import sluice.simulation.druid.CallFault;

/** What people ask of a backfill: a plan, a pause, a stop, and what cannot be asked. */
class BackfillCallsTest extends TenDaysTest {

    @Test
    void aPausedBackfillBeginsNothingAndGoesOnWhenResumed() {
        // Given
        Backfill begun = start(wish(TEN_DAYS));
        world.tick();
        backfills().pause(begun.id(), "alice", "maintenance");

        // When
        world.settle(10);
        Backfill paused = found(begun);
        backfills().resume(begun.id(), "alice", null);
        world.settle(40);

        // Then
        assertThat(paused.state()).isEqualTo(BackfillState.PAUSED);
        assertThat(paused.progress().done()).isEqualTo(2);
        assertThat(paused.position().active()).isEmpty();
        assertThat(found(begun).state()).isEqualTo(BackfillState.DONE);
        assertThat(runs()).hasSize(10);
        assertThat(events())
                .containsExactly(
                        "sluice.backfill.started",
                        "sluice.backfill.paused",
                        "sluice.backfill.resumed",
                        "sluice.backfill.done");
    }

    @Test
    void aPausedBackfillWithNothingUnderWayIsNotLookedAt() {
        // Given
        Backfill begun = start(wish(TEN_DAYS));
        backfills().pause(begun.id(), "alice", null);

        // When
        world.settle(3);

        // Then
        assertThat(found(begun).state()).isEqualTo(BackfillState.PAUSED);
        assertThat(found(begun).version()).isEqualTo(2);
        assertThat(runs()).isEmpty();
    }

    @Test
    void aStoppedBackfillCancelsWhatIsNotInDruidAndWaitsForTheRest() {
        // Given
        Backfill begun = start(wish(TEN_DAYS));
        world.tick();
        world.deliver("submit");

        // When
        Backfill stopping = backfills().stop(begun.id(), "alice", "wrong files");
        world.tick();
        Backfill waiting = found(begun);
        world.settle(10);

        // Then
        assertThat(stopping.state()).isEqualTo(BackfillState.STOPPING);
        assertThat(waiting.state()).isEqualTo(BackfillState.STOPPING);
        Backfill stopped = found(begun);
        assertThat(stopped.state()).isEqualTo(BackfillState.STOPPED);
        assertThat(stopped.progress().done()).isEqualTo(1);
        assertThat(stopped.progress().left()).isEqualTo(9);
        assertThat(stopped.progress().failed()).isZero();
        assertThat(runs()).extracting(RunSummary::state).containsExactlyInAnyOrder("Available", "Cancelled");
    }

    @Test
    void aRepeatedCallWithOneKeyIsOneBackfill() {
        // Given
        Backfills.Started first = backfills().start(wish(TEN_DAYS), "key", "intent");

        // When
        Backfills.Started again = backfills().start(wish(TEN_DAYS), "key", "intent");

        // Then
        assertThat(first.isNew()).isTrue();
        assertThat(again.isNew()).isFalse();
        assertThat(again.backfill()).isEqualTo(first.backfill());
        assertThatThrownBy(() -> backfills().start(wish(TEN_DAYS), "key", "other"))
                .isInstanceOf(BackfillException.class)
                .hasMessageContaining("another request");
        assertThat(backfills().list("wiki", 10)).hasSize(1);
    }

    @Test
    void aSecondBackfillOfTheSameDaysIsRefusedUntilTheFirstHasEnded() {
        // Given
        Backfill first = start(wish(TEN_DAYS));

        // When, Then
        assertThatThrownBy(() -> start(wish(span("2026-01-10", "2026-01-12"))))
                .isInstanceOf(BackfillException.class)
                .hasMessageContaining(first.id());
        assertThat(start(wish(span("2026-01-11", "2026-01-12"))).state()).isEqualTo(BackfillState.PLANNED);
    }

    @Test
    void whatIsNotPossibleIsRefused() {
        assertRefused(wish(new TimeChunk(TEN_DAYS.start(), TEN_DAYS.end().plusSeconds(60))), "whole time chunks");
        assertRefused(wish(span("1400-01-01", "2026-01-01")), "at most 100000 time chunks");
        assertRefused(new BackfillWish("wiki", TEN_DAYS, null, 91, 1, null, false, "a", null), "chunksPerRun");
        assertRefused(new BackfillWish("wiki", TEN_DAYS, null, 1, 21, null, false, "a", null), "parallel");
        assertRefused(new BackfillWish("wiki", TEN_DAYS, "west", 1, 1, null, false, "a", null), "not for west");
        assertRefused(new BackfillWish("none", TEN_DAYS, null, 1, 1, null, false, "a", null), "no definition");
    }

    @Test
    void whatHasEndedCannotBePausedResumedOrStopped() {
        // Given
        Backfill begun = start(wish(span("2020-01-01", "2020-01-02")));
        world.settle(2);

        // When, Then
        assertThat(found(begun).state()).isEqualTo(BackfillState.DONE);
        assertThatThrownBy(() -> backfills().pause(begun.id(), "a", null)).hasMessageContaining("Done");
        assertThatThrownBy(() -> backfills().resume(begun.id(), "a", null)).hasMessageContaining("Done");
        assertThatThrownBy(() -> backfills().stop(begun.id(), "a", null)).hasMessageContaining("Done");
        assertThatThrownBy(() -> backfills().retryFailed(begun.id(), "a", null)).hasMessageContaining("Done");
        assertThatThrownBy(() -> backfills().stop("none", "a", null)).hasMessageContaining("no backfill 'none'");
    }

    @Test
    void aRepeatedPauseResumeAndStopChangeNothing() {
        // Given
        Backfill begun = start(wish(TEN_DAYS));
        Backfill paused = backfills().pause(begun.id(), "a", null);
        Backfill pausedAgain = backfills().pause(begun.id(), "a", null);
        Backfill resumed = backfills().resume(begun.id(), "a", null);
        Backfill resumedAgain = backfills().resume(begun.id(), "a", null);
        Backfill stopping = backfills().stop(begun.id(), "a", null);

        // When
        Backfill stoppingAgain = backfills().stop(begun.id(), "a", null);

        // Then
        assertThat(pausedAgain).isEqualTo(paused);
        assertThat(resumedAgain).isEqualTo(resumed);
        assertThat(stoppingAgain).isEqualTo(stopping);
        assertThat(backfills().history(begun.id(), 10)).hasSize(4);
    }

    @Test
    void aPlanCountsAndChangesNothing() {
        // Given
        start(wish(span("2026-01-03", "2026-01-06")));
        world.settle(10);
        world.delete(key(10));
        world.bean("gate", HoldStore.class).put("wiki", day(9), "audit", "bob", null);
        int runs = runs().size();

        // When
        BackfillPlan all = backfills().plan(wish(TEN_DAYS));
        BackfillPlan missing =
                backfills().plan(new BackfillWish("wiki", TEN_DAYS, null, 5, 2, null, true, "alice", null));

        // Then
        assertThat(all.chunks()).isEqualTo(10);
        assertThat(all.load()).isEqualTo(10);
        assertThat(all.runs()).isEqualTo(10);
        assertThat(all.slots()).isEqualTo(2);
        assertThat(all.isReplace()).isTrue();
        assertThat(all.replacedRows()).isEqualTo(13 + 14 + 15);
        assertThat(all.files().looked()).isEqualTo(10);
        assertThat(all.files().without()).isEqualTo(1);
        assertThat(all.files().count()).isEqualTo(9);
        assertThat(all.blocked()).isEqualTo(new BackfillPlan.Blocked(1, 0, day(9)));
        assertThat(all.estimate()).isNotNull();
        assertThat(all.problems()).isEmpty();
        assertThat(missing.load()).isEqualTo(7);
        assertThat(missing.runs()).isEqualTo(2);
        assertThat(missing.replacedRows()).isZero();
        assertThat(runs()).hasSize(runs);
    }

    @Test
    void aPlanSaysThatAClusterDoesNotAnswer() {
        // Given
        world.druid().faults((call, subject) -> Optional.of(new CallFault.Refused(DruidException.Code.UNAVAILABLE)));

        // When
        BackfillPlan plan = backfills().plan(new BackfillWish("wiki", TEN_DAYS, null, 5, 2, null, true, "alice", null));

        // Then
        assertThat(plan.problems()).singleElement().asString().contains("cluster main");
        assertThat(plan.load()).isEqualTo(10);
        assertThat(plan.estimate()).isNull();
    }

    private void assertRefused(BackfillWish wish, String why) {
        assertThatThrownBy(() -> start(wish))
                .isInstanceOf(BackfillException.class)
                .hasMessageContaining(why);
    }
}
