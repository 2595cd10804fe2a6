package sluice.upkeep.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.upkeep.retention.Snapshots.HALF;
import static sluice.upkeep.retention.Snapshots.KEEP_A_WEEK;
import static sluice.upkeep.retention.Snapshots.NOW;
import static sluice.upkeep.retention.Snapshots.day;
import static sluice.upkeep.retention.Snapshots.unused;
import static sluice.upkeep.retention.Snapshots.used;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sluice.core.batch.TimeChunk;
import sluice.core.definition.Span;
import sluice.platform.druid.AutoKill;
import sluice.platform.druid.UnusedSegment;
import sluice.platform.druid.UsedSegment;
import sluice.upkeep.retention.CategoryTotals.Category;
import sluice.upkeep.retention.Refusal.Code;

class SweepPlannerTest {

    private static final RetentionPolicy ORPHAN = RetentionPolicy.orphan(new Span("P30D"));

    @Test
    void whatIsPastItsTimeIsMarkedAndToldByCategory() {
        // When
        SweepDecisions decisions = new Snapshots().days(10).expired(9, 8).decide();

        // Then
        assertThat(decisions.mark()).hasSize(2);
        assertThat(decisions.marked()).isEqualTo(new SegmentTotals(2, 2, 20, 2_000));
        assertThat(decisions.found()).singleElement().satisfies(found -> {
            assertThat(found.category()).isEqualTo(Category.EXPIRED);
            assertThat(found.intervals()).containsExactly("2026-01-23T00:00:00.000Z/2026-01-25T00:00:00.000Z");
        });
        assertThat(decisions.refusals()).isEmpty();
    }

    @Test
    void moreThanTheShareIsLeftWholeUntilSomebodyAllowsMore() {
        // Given
        Snapshots snapshots = new Snapshots().days(10).expired(9, 8, 7, 6, 5, 4);

        RetentionPolicy threeDays = new RetentionPolicy(new Span("P3D"), null, false, false, List.of(), "");

        // When
        SweepDecisions guarded = snapshots.decide(threeDays, HALF);
        SweepDecisions allowed = snapshots.decide(threeDays, new SweepPermissions(0.6, null, false, false));

        // Then
        assertThat(guarded.mark()).isEmpty();
        assertThat(guarded.refusals()).singleElement().satisfies(refusal -> {
            assertThat(refusal.code()).isEqualTo(Code.MOST_SHARE);
            assertThat(refusal.message()).contains("60 %", "50 %", "mostShare");
            assertThat(refusal.amount().segments()).isEqualTo(6);
        });
        assertThat(allowed.mark()).hasSize(6);
    }

    @Test
    void theGuardRegardsAlsoWhatOneSweepDoesNotRead() {
        // When: of six expired segments the sweep has read one
        SweepDecisions decisions = new Snapshots()
                .days(10)
                .expired(9)
                .incomplete()
                .decide(new RetentionPolicy(new Span("P3D"), null, false, false, List.of(), ""), HALF);

        // Then
        assertThat(decisions.mark()).isEmpty();
        assertThat(codes(decisions)).containsExactly(Code.MOST_SHARE, Code.NEXT_SWEEP);
    }

    @Test
    void aChunkThatIsBeingWrittenIsLeft() {
        // When
        SweepDecisions decisions = new Snapshots()
                .days(10)
                .expired(9, 8, 7)
                .leased(day(9))
                .locked(new TimeChunk(Instant.parse("2026-01-24T05:00:00Z"), Instant.parse("2026-01-24T06:00:00Z")))
                .decide();

        // Then
        assertThat(decisions.mark()).hasSize(1);
        assertThat(codes(decisions)).containsExactly(Code.LEASED, Code.LOCKED);
    }

    @Test
    void aSegmentWithoutBoundsIsLeft() {
        // Given
        UnusedSegment eternal = unused(
                new TimeChunk(
                        Instant.parse("-146136543-09-08T08:23:32.096Z"),
                        Instant.parse("+146140482-04-24T15:36:27.903Z")),
                "v",
                Duration.ofDays(30));

        // When
        SweepDecisions decisions = new Snapshots().days(10).unused(eternal).decide();

        // Then
        assertThat(decisions.kills()).isEmpty();
        assertThat(codes(decisions)).containsExactly(Code.UNBOUNDED);
    }

    @Test
    void whatANewerVersionHidesIsMarkedOnceASweepHasSeenItForADay() {
        // Given: the version that hides it is served, and got its lock long ago
        Snapshots snapshots = new Snapshots().days(10).overshadowed(used(2, "2026-01-01T00:00:00.000Z", true));

        // When
        SweepDecisions first = snapshots.decide();
        SweepDecisions soon =
                snapshots.hidden(minus(first.hidden(), Duration.ofHours(23))).decide();
        SweepDecisions later =
                snapshots.hidden(minus(first.hidden(), Duration.ofHours(24))).decide();

        // Then
        assertThat(first.mark()).isEmpty();
        assertThat(first.hidden()).hasSize(1).containsValue(NOW);
        assertThat(soon.mark()).isEmpty();
        assertThat(soon.hidden()).containsValue(NOW.minus(Duration.ofHours(23)));
        assertThat(later.mark())
                .containsExactly(used(2, "2026-01-01T00:00:00.000Z", true).id());
        assertThat(later.leftovers()).hasSize(1);
    }

    @Test
    void whatIsServedBecauseNobodyHasLoadedTheNewerVersionStays() {
        // Given: no historical can load the newer version, and brokers serve the older one
        Snapshots snapshots = new Snapshots()
                .notServed(2, "2026-01-20T00:00:00.000Z")
                .overshadowed(used(2, "2026-01-01T00:00:00.000Z", true));

        // When
        SweepDecisions decisions = snapshots
                .hidden(minus(snapshots.decide().hidden(), Duration.ofDays(9)))
                .decide();

        // Then
        assertThat(decisions.hidden()).isEmpty();
        assertThat(decisions.mark()).isEmpty();
    }

    @Test
    void anotherVersionThatHidesItBeginsTheTimeAnew() {
        // Given
        UsedSegment old = used(2, "2026-01-01T00:00:00.000Z", true);
        Map<String, Instant> seen = new Snapshots()
                .version(2, "2026-01-20T00:00:00.000Z")
                .overshadowed(old)
                .decide()
                .hidden();

        // When: that one was rolled back, and a third has come just now
        SweepDecisions decisions = new Snapshots()
                .version(2, "2026-02-01T11:59:00.000Z")
                .overshadowed(old)
                .hidden(minus(seen, Duration.ofDays(3)))
                .decide();

        // Then
        assertThat(decisions.mark()).isEmpty();
        assertThat(decisions.hidden()).containsValue(NOW);
    }

    @Test
    void aDayThatOnlySomeHoursHideStays() {
        // Given: hours 5 and 6 of a day
        UsedSegment day = used(20, "2026-01-01T00:00:00.000Z", true);
        Snapshots snapshots = new Snapshots().hour(20, 5).hour(20, 6).overshadowed(day);

        // Then
        assertThat(snapshots.decide().hidden()).isEmpty();
    }

    @Test
    void anHourThatANewerDayHidesIsMarked() {
        // Given
        UsedSegment hour = hour(3, "2026-01-01T00:00:00.000Z");
        Snapshots snapshots = new Snapshots().days(10).overshadowed(hour);

        // When
        SweepDecisions decisions = snapshots
                .hidden(minus(snapshots.decide().hidden(), Duration.ofDays(2)))
                .decide();

        // Then
        assertThat(decisions.mark()).containsExactly(hour.id());
    }

    @Test
    void moreHiddenVersionsThanTheStateHoldsWait() {
        // Given
        Snapshots snapshots = new Snapshots();
        for (int ago = 0; ago < HiddenVersions.MOST + 5; ago++) {
            snapshots.version(ago, "b").overshadowed(used(ago, "a", true));
        }

        // Then
        assertThat(snapshots.decide().hidden()).hasSize(HiddenVersions.MOST);
    }

    @Test
    void aSegmentWithoutADateOfUseIsPurged() {
        // Given: an older Druid marked it unused
        UnusedSegment undated = new UnusedSegment("ds_old", day(20).start(), day(20).end(), "a", 1_000, null);

        // When
        SweepDecisions decisions = new Snapshots().days(10).unused(undated).decide();

        // Then
        assertThat(decisions.kills()).singleElement().satisfies(kill -> {
            assertThat(kill.segments()).containsExactly(undated);
            assertThat(kill.task("ds").path("maxUsedStatusLastUpdatedTime").asText())
                    .isEqualTo(Instant.EPOCH.toString());
        });
    }

    @Test
    void whatIsHiddenInAnOrphanStaysWithIt() {
        // Given
        Snapshots snapshots = new Snapshots().days(10).overshadowed(used(2, "2026-01-01T00:00:00.000Z", true));
        snapshots.hidden(minus(snapshots.decide().hidden(), Duration.ofDays(2)));

        // Then
        assertThat(snapshots
                        .decide(ORPHAN, new SweepPermissions(0.5, "not allowed", false, false))
                        .mark())
                .isEmpty();
        assertThat(snapshots.decide(ORPHAN, HALF).mark()).hasSize(1);
    }

    @Test
    void whatKeepStillWantsIsNotPurgedButOffered() {
        // Given: keep was too short for a day, so a day that it wants was marked unused, and nothing has replaced it
        Snapshots snapshots = new Snapshots().days(3).unused(unused(day(5), "a", Duration.ofDays(8)));

        // When
        SweepDecisions decisions = snapshots.decide();
        SweepDecisions allowed = snapshots.decide(KEEP_A_WEEK, new SweepPermissions(0.5, null, false, true));

        // Then
        assertThat(decisions.kills()).isEmpty();
        assertThat(codes(decisions)).containsExactly(Code.WANTED);
        assertThat(decisions.found())
                .extracting(CategoryTotals::category)
                .containsExactly(Category.UNUSED, Category.RESTORABLE);
        assertThat(allowed.kills()).hasSize(1);
    }

    @Test
    void withoutKeepOnlyWhatAServedVersionHidesIsPurged() {
        // Given: a day that was replaced, one whose newer version nobody serves, and one that somebody has marked by
        // hand
        RetentionPolicy forEver = new RetentionPolicy(null, new Span("P7D"), false, false, List.of(), "");
        Snapshots snapshots = new Snapshots()
                .days(2)
                .version(5, "b")
                .notServed(6, "b")
                .unused(
                        unused(day(5), "a", Duration.ofDays(8)),
                        unused(day(6), "a", Duration.ofDays(8)),
                        unused(day(7), "a", Duration.ofDays(8)));

        // When
        SweepDecisions decisions = snapshots.decide(forEver, HALF);

        // Then
        assertThat(decisions.kills()).singleElement().satisfies(kill -> assertThat(kill.chunks())
                .containsExactly(day(5)));
        assertThat(decisions.refusals())
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.amount().segments()).isEqualTo(2));
    }

    @Test
    void aKillTaskNeverReachesANeighbourOfTheSameVersion() {
        // Given: one task wrote two days; both were replaced, but the newer version of the second is not served. A
        // third version of
        // it is hidden by the first
        Snapshots snapshots = new Snapshots()
                .days(2)
                .version(5, "c")
                .version(4, "b")
                .unused(
                        unused(day(5), "b", Duration.ofDays(8)),
                        unused(day(4), "a", Duration.ofDays(8)),
                        unused(day(4), "b2", Duration.ofDays(8)),
                        unused(day(5), "b2", Duration.ofDays(8)));

        // When
        SweepDecisions decisions = snapshots.decide(
                new RetentionPolicy(null, new Span("P7D"), false, false, List.of(), ""),
                new SweepPermissions(0.9, null, false, false));

        // Then
        assertThat(decisions.kills()).hasSize(2).allSatisfy(kill -> assertThat(kill.chunks())
                .hasSize(1));
        assertThat(decisions.kills())
                .flatExtracting(KillPlan::segments)
                .extracting(UnusedSegment::id)
                .doesNotContain(unused(day(4), "b2", Duration.ofDays(8)).id());
    }

    @Test
    void aChunkWhoseUnusedSegmentsWereNotAllReadIsNotPurged() {
        // When
        SweepDecisions decisions = new Snapshots()
                .days(30)
                .unusedCut()
                .unused(unused(day(21), "a", Duration.ofDays(8)), unused(day(20), "a", Duration.ofDays(8)))
                .decide();

        // Then
        assertThat(decisions.kills()).singleElement().satisfies(kill -> assertThat(kill.chunks())
                .containsExactly(day(21)));
    }

    @Test
    void whatIsOnHoldIsNeitherMarkedNorPurged() {
        // When
        SweepDecisions decisions = new Snapshots()
                .days(10)
                .expired(9, 8)
                .unused(unused(day(20), "a", Duration.ofDays(8)))
                .held(new TimeChunk(day(20).start(), day(9).end()), "audit")
                .decide();

        // Then
        assertThat(decisions.mark()).hasSize(1);
        assertThat(decisions.kills()).isEmpty();
        assertThat(decisions.refusals()).hasSize(2).allSatisfy(refusal -> {
            assertThat(refusal.code()).isEqualTo(Code.HELD);
            assertThat(refusal.message()).contains("audit", "alice");
        });
    }

    @Test
    void whatNobodyServesIsReportedAndLeftUnlessTheOrderSaysOtherwise() {
        // Given
        Snapshots snapshots = new Snapshots().days(10).notLoaded(3, "v");

        // When
        SweepDecisions left = snapshots.decide();
        SweepDecisions taken = snapshots.decide(KEEP_A_WEEK, new SweepPermissions(0.5, null, true, false));
        SweepDecisions guarded = snapshots.decide(KEEP_A_WEEK, new SweepPermissions(0.05, null, true, false));

        // Then
        assertThat(left.mark()).isEmpty();
        assertThat(codes(left)).containsExactly(Code.NOT_LOADED);
        assertThat(taken.mark()).hasSize(1);
        assertThat(guarded.mark()).isEmpty();
        assertThat(codes(guarded)).containsExactly(Code.MOST_SHARE);
    }

    @Test
    void whatWasMadeJustNowMayBeOnItsWay() {
        // When
        SweepDecisions decisions = new Snapshots()
                .days(10)
                .notLoaded(0, NOW.minus(Duration.ofMinutes(5)).toString())
                .decide();

        // Then
        assertThat(decisions.found()).isEmpty();
        assertThat(decisions.refusals()).isEmpty();
    }

    @Test
    void anOrphanGoesAsAWholeAndOnlyWhereItMay() {
        // Given
        Snapshots snapshots = new Snapshots().days(3).expired(2, 1, 0).unused(unused(day(5), "v", Duration.ofDays(40)));

        // When
        SweepDecisions left = snapshots.decide(ORPHAN, new SweepPermissions(0.5, "not allowed", false, false));
        SweepDecisions taken = snapshots.decide(ORPHAN, HALF);

        // Then
        assertThat(left.mark()).isEmpty();
        assertThat(left.kills()).isEmpty();
        assertThat(left.refusals()).allSatisfy(refusal -> {
            assertThat(refusal.code()).isEqualTo(Code.ORPHAN);
            assertThat(refusal.message()).isEqualTo("not allowed");
        });
        assertThat(left.found()).extracting(CategoryTotals::category).contains(Category.ORPHANED);
        assertThat(taken.mark()).hasSize(3);
        assertThat(taken.kills()).hasSize(1);
    }

    @Test
    void onlyWhatWasUnusedLongEnoughIsPurged() {
        // When
        SweepDecisions decisions = new Snapshots()
                .days(10)
                .unused(unused(day(20), "a", Duration.ofDays(8)), unused(day(20), "b", Duration.ofDays(6)))
                .decide();

        // Then
        assertThat(decisions.kills()).singleElement().satisfies(kill -> assertThat(kill.versions())
                .containsExactly("a"));
    }

    @Test
    void withoutPurgeAfterNothingIsPurged() {
        // When
        SweepDecisions decisions = new Snapshots()
                .days(10)
                .unused(unused(day(20), "a", Duration.ofDays(800)))
                .decide(new RetentionPolicy(null, null, false, false, List.of(), ""), HALF);

        // Then
        assertThat(decisions.kills()).isEmpty();
        assertThat(decisions.found()).extracting(CategoryTotals::category).containsExactly(Category.UNUSED);
    }

    @Test
    void aPurgeOfMostOfTheDatasourceIsRefused() {
        // When
        SweepDecisions decisions = new Snapshots()
                .days(1)
                .unused(unused(day(20), "a", Duration.ofDays(8)), unused(day(21), "a", Duration.ofDays(8)))
                .decide();

        // Then
        assertThat(decisions.kills()).isEmpty();
        assertThat(codes(decisions)).containsExactly(Code.MOST_SHARE);
    }

    @Test
    void besideDruidsOwnKillNothingIsPurgedNorWhereNobodyKnows() {
        // Given
        UnusedSegment old = unused(day(20), "a", Duration.ofDays(8));

        // When
        SweepDecisions on = new Snapshots()
                .days(10)
                .unused(old)
                .autoKill(new AutoKill.On("druid.coordinator.kill.on"))
                .decide();
        SweepDecisions unknown = new Snapshots()
                .days(10)
                .unused(old)
                .autoKill(new AutoKill.Unknown("HTTP 403"))
                .decide();

        // Then
        assertThat(on.kills()).isEmpty();
        assertThat(on.refusals()).singleElement().satisfies(refusal -> assertThat(refusal.message())
                .contains("druid.coordinator.kill.on"));
        assertThat(unknown.kills()).isEmpty();
        assertThat(codes(unknown)).containsExactly(Code.AUTO_KILL_UNKNOWN);
    }

    @Test
    void oneSweepPlansSoManyKillRunsAndTellsOfTheRest() {
        // Given: every other day, so that none are neighbours
        Snapshots snapshots = new Snapshots().days(100);
        for (int ago = 10; ago < 60; ago += 2) {
            snapshots.unused(unused(day(ago), "a", Duration.ofDays(8)));
        }

        // When
        SweepDecisions decisions = snapshots.decide();

        // Then
        assertThat(decisions.kills()).hasSize(20);
        assertThat(decisions.refusals()).singleElement().satisfies(refusal -> {
            assertThat(refusal.code()).isEqualTo(Code.NEXT_SWEEP);
            assertThat(refusal.amount().segments()).isEqualTo(5);
        });
    }

    @Test
    void whatOneSweepDoesNotReadItTells() {
        assertThat(codes(new Snapshots().days(10).incomplete().decide())).containsExactly(Code.NEXT_SWEEP);
    }

    private static Map<String, Instant> minus(Map<String, Instant> times, Duration earlier) {
        Map<String, Instant> moved = new HashMap<>();
        times.forEach((key, time) -> moved.put(key, time.minus(earlier)));
        return moved;
    }

    private static UsedSegment hour(int daysAgo, String version) {
        Instant start = day(daysAgo).start().plus(Duration.ofHours(5));
        return new UsedSegment(
                "ds_hour_" + start + "_" + version, start, start.plus(Duration.ofHours(1)), version, 1, 100, true);
    }

    private static List<Code> codes(SweepDecisions decisions) {
        return decisions.refusals().stream().map(Refusal::code).toList();
    }
}
