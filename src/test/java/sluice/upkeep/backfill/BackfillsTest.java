package sluice.upkeep.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sluice.core.batch.S3Location;
import sluice.core.batch.TimeChunk;
import sluice.ingest.hold.HoldStore;
import sluice.ingest.run.RunIndex;
import sluice.ingest.run.RunSummary;
import sluice.platform.druid.DruidException;
import sluice.platform.event.CloudEvent;
import sluice.platform.metric.Metric;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.StateTable;
import sluice.simulation.druid.CallFault;
import sluice.simulation.druid.CallFaults;
import sluice.simulation.druid.Fate;
import sluice.simulation.druid.InputRows;
import sluice.simulation.world.World;

class BackfillsTest {

    private static final TimeChunk TEN_DAYS = span("2026-01-01", "2026-01-11");

    private final World world = new World();

    @BeforeEach
    void defineAndUpload() {
        define("replace", "DAY");
        world.druid().slots(100);
        for (int day = 1; day <= 10; day++) {
            world.write(key(day), InputRows.at(day(day).start(), 10L + day));
        }
    }

    @Test
    void aBackfillLoadsEveryChunkOnceAndEndsDone() {
        // Given
        Backfill begun = start(wish(TEN_DAYS));

        // When
        world.settle(40);

        // Then
        Backfill done = found(begun);
        assertThat(done.state()).isEqualTo(BackfillState.DONE);
        assertThat(done.progress().done()).isEqualTo(10);
        assertThat(done.progress().left()).isZero();
        assertThat(done.progress().running()).isZero();
        assertThat(done.progress().rows()).isEqualTo(155);
        assertThat(done.endedAt()).isNotNull();
        assertThat(runs()).hasSize(10).extracting(RunSummary::state).containsOnly("Available");
        assertThat(world.druid().servedRows("wiki").values()).containsOnlyOnce(11L, 20L);
        assertThat(events()).containsExactly("sluice.backfill.started", "sluice.backfill.done");
        assertThat(backfills().history(done.id(), 10))
                .extracting(BackfillMove::state)
                .containsExactly(BackfillState.DONE, BackfillState.RUNNING, BackfillState.PLANNED);
    }

    @Test
    void neverMoreWindowsAreUnderWayThanAllowed() {
        // Given
        Backfill begun = start(wish(TEN_DAYS));

        // When
        world.tick();

        // Then
        assertThat(found(begun).position().active()).hasSize(2);
        assertThat(found(begun).progress().running()).isEqualTo(2);
        assertThat(runs()).hasSize(2);
    }

    @Test
    void itTakesAtMostHalfOfTheSlots() {
        // Given
        world.druid().slots(3);
        Backfill begun = start(wish(TEN_DAYS));

        // When
        world.tick();

        // Then
        assertThat(found(begun).position().active()).hasSize(1);
    }

    /** It waited for a minute after each run, as for a cluster that is away. */
    @Test
    void itWaitsForItsRunsAndNotForSlotsThatItMayNotTake() {
        // Given
        world.druid().slots(3);
        Backfill begun = start(wish(TEN_DAYS));

        // When
        world.tick();

        // Then
        assertThat(found(begun).waiting()).isNull();
        assertThat(keepsTicking(begun)).isTrue();
        assertThat(world.table().get(Key.backfill(begun.id())).orElseThrow().time(StateTable.DUE_AT))
                .hasValueSatisfying(due -> assertThat(due)
                        .isBeforeOrEqualTo(world.clock().instant().plusSeconds(10)));
    }

    @Test
    void theNewestChunksComeFirstUnlessTheOldestAreWanted() {
        // Given
        Backfill newest = start(wish(TEN_DAYS));
        world.tick();
        TimeChunk first = backfills().active(found(newest)).get(0).interval();
        backfills().stop(newest.id(), "alice", null);
        world.settle(5);
        Backfill oldest =
                start(new BackfillWish("wiki", TEN_DAYS, null, 1, 1, BackfillOrder.OLDEST, false, "alice", null));

        // When
        world.tick();

        // Then
        assertThat(first).isEqualTo(day(10));
        assertThat(backfills().active(found(oldest)).get(0).interval()).isEqualTo(day(1));
    }

    @Test
    void chunksWithoutFilesAreEmptyAndNoFailure() {
        // Given
        world.delete(key(4));
        world.delete(key(5));
        Backfill begun = start(new BackfillWish("wiki", TEN_DAYS, null, 3, 2, null, false, "alice", null));

        // When
        world.settle(40);

        // Then
        Backfill done = found(begun);
        assertThat(done.state()).isEqualTo(BackfillState.DONE);
        assertThat(done.progress().done()).isEqualTo(8);
        assertThat(done.progress().empty()).isEqualTo(2);
        assertThat(runs()).hasSize(4);
    }

    @Test
    void anIntervalWithoutAnyFileEndsWithoutARun() {
        // Given
        Backfill begun = start(wish(span("2020-01-01", "2020-03-01")));

        // When
        world.tick();
        world.settle(2);

        // Then
        assertThat(found(begun).state()).isEqualTo(BackfillState.DONE);
        assertThat(found(begun).progress().empty()).isEqualTo(60);
        assertThat(runs()).isEmpty();
    }

    @Test
    void onlyMissingLeavesOutWhatDruidHas() {
        // Given
        start(wish(span("2026-01-03", "2026-01-06")));
        world.settle(10);
        int before = runs().size();
        Backfill begun = start(new BackfillWish("wiki", TEN_DAYS, null, 5, 2, null, true, "alice", null));

        // When
        world.settle(40);

        // Then
        Backfill done = found(begun);
        assertThat(done.state()).isEqualTo(BackfillState.DONE);
        assertThat(done.progress().skipped()).isEqualTo(3);
        assertThat(done.progress().done()).isEqualTo(7);
        assertThat(runs()).hasSize(before + 2);
    }

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
    void nothingBeginsWhileOtherTasksWaitForASlot() {
        // Given
        world.druid().slots(1);
        for (int day = 20; day <= 23; day++) {
            world.upload(key(day), InputRows.at(day(day).start(), 1));
        }
        for (int step = 0; step < 10; step++) {
            world.deliver("generate");
        }
        world.clock().advance(Duration.ofMinutes(2));
        world.tick();
        for (int step = 0; step < 10; step++) {
            world.deliver("generate");
            world.deliver("submit");
        }
        world.druid().advance();
        Backfill begun = start(wish(TEN_DAYS));

        // When
        world.tick();

        // Then
        assertThat(found(begun).waiting()).contains("wait for a slot");
        assertThat(found(begun).position().windows()).isZero();
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

    private boolean keepsTicking(Backfill backfill) {
        return world.bean("poll", BackfillSteps.class)
                .keepsTicking(world.table().get(Key.backfill(backfill.id())).orElseThrow());
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
    void appendingLoadsNoFileThatIsLoaded() {
        // Given
        define("append", "DAY");
        start(wish(TEN_DAYS));
        world.settle(40);
        Backfill again = start(wish(TEN_DAYS));

        // When
        world.settle(10);

        // Then
        assertThat(found(again).state()).isEqualTo(BackfillState.DONE);
        assertThat(found(again).progress().empty()).isEqualTo(10);
        assertThat(runs()).hasSize(10);
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
    void anItemOfABackfillDoesNotGrowWithItsInterval() {
        // Given
        Backfill begun = start(wish(span("2016-01-01", "2026-01-11")));
        world.settle(5);
        int atFirst = size(found(begun));

        // When
        world.settle(60);

        // Then
        assertThat(found(begun).position().windows()).isGreaterThan(1_000);
        assertThat(size(found(begun))).isLessThan(atFirst + 50);
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

    private static int size(Backfill backfill) {
        return backfill.toString().length();
    }

    private Backfills backfills() {
        return world.bean("gate", Backfills.class);
    }

    private Backfill start(BackfillWish wish) {
        return backfills().start(wish, null, "").backfill();
    }

    private Backfill found(Backfill backfill) {
        return backfills().find(backfill.id()).orElseThrow();
    }

    private List<RunSummary> runs() {
        return world.bean("gate", RunIndex.class).all("wiki");
    }

    private List<String> events() {
        return world.events().stream()
                .map(CloudEvent::type)
                .filter(type -> type.startsWith("sluice.backfill"))
                .toList();
    }

    private void define(String mode, String granularity) {
        world.define(
                "wiki",
                """
                apiVersion: sluice/v1
                datasource: wiki
                clusters: [main]
                schema:
                  timestampSpec: {column: time, format: iso}
                  dimensionsSpec: {dimensions: [page]}
                  granularitySpec: {segmentGranularity: %s, queryGranularity: NONE, rollup: false}
                batch:
                  source: {type: s3, bucket: %s, prefix: wiki/, timeChunk: "'dt='yyyy-MM-dd"}
                  inputFormat: {type: json}
                  mode: %s
                  partitions: {type: dynamic}
                  trigger: {on: object, settle: PT1M}
                """
                        .formatted(granularity, World.LANDING, mode));
    }

    private static String key(int day) {
        return "wiki/dt=2026-01-%02d/a.json".formatted(day);
    }

    private static TimeChunk day(int day) {
        return World.day("2026-01-%02d".formatted(day));
    }

    private static BackfillWish wish(TimeChunk interval) {
        return new BackfillWish("wiki", interval, null, 1, 2, null, false, "alice", null);
    }

    private static TimeChunk span(String start, String end) {
        return new TimeChunk(Instant.parse(start + "T00:00:00Z"), Instant.parse(end + "T00:00:00Z"));
    }
}
