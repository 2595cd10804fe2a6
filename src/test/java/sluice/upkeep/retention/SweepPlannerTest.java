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
import java.util.List;
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
        SweepDecisions allowed = snapshots.decide(threeDays, new SweepPermissions(0.6, null, false));

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
    void whatANewerVersionHidesIsMarkedOnceItHasHiddenItForLong() {
        // Given: yesterday's segment is hidden by a version of last midnight, the one before by a version a day older
        Snapshots snapshots = new Snapshots()
                .days(10)
                .overshadowed(used(1, "2026-01-31T00:00:00.000Z", true))
                .overshadowed(used(2, "2026-01-30T00:00:00.000Z", true));

        // When
        SweepDecisions decisions = snapshots.decide();

        // Then
        assertThat(decisions.mark())
                .containsExactly(used(2, "2026-01-30T00:00:00.000Z", true).id());
    }

    @Test
    void anHourThatANewerDayOvershadowsIsMarked() {
        // Given: hours of the third and the first day back, of the time when they were stored by hour
        UsedSegment oldHour = hour(3, "2026-01-01T00:00:00.000Z");
        UsedSegment freshHour = hour(0, "2026-01-01T00:00:00.000Z");

        // When
        SweepDecisions decisions = new Snapshots()
                .days(10)
                .overshadowed(oldHour)
                .overshadowed(freshHour)
                .decide();

        // Then
        assertThat(decisions.mark()).containsExactly(oldHour.id());
    }

    @Test
    void aSegmentWithoutADatedNewerVersionIsLeft() {
        // When: nothing is stored beside the first, and the only newer version beside the second is no time
        SweepDecisions decisions = new Snapshots()
                .days(3)
                .version(8, "made by hand")
                .overshadowed(used(20, "2026-01-01T00:00:00.000Z", true))
                .overshadowed(used(8, "2026-01-01T00:00:00.000Z", true))
                .decide();

        // Then
        assertThat(decisions.mark()).isEmpty();
        assertThat(decisions.found()).isEmpty();
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
    void whatIsOvershadowedInAnOrphanStaysWithIt() {
        // Given
        Snapshots snapshots = new Snapshots().days(10).overshadowed(used(2, "2026-01-30T00:00:00.000Z", true));

        // Then
        assertThat(snapshots
                        .decide(ORPHAN, new SweepPermissions(0.5, "not allowed", false))
                        .mark())
                .isEmpty();
        assertThat(snapshots.decide(ORPHAN, HALF).mark()).hasSize(1);
    }

    @Test
    void whatNobodyServesIsReportedAndLeftUnlessTheOrderSaysOtherwise() {
        // Given
        Snapshots snapshots = new Snapshots().days(10).notLoaded(3, "v");

        // When
        SweepDecisions left = snapshots.decide();
        SweepDecisions taken = snapshots.decide(KEEP_A_WEEK, new SweepPermissions(0.5, null, true));
        SweepDecisions guarded = snapshots.decide(KEEP_A_WEEK, new SweepPermissions(0.05, null, true));

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
        SweepDecisions left = snapshots.decide(ORPHAN, new SweepPermissions(0.5, "not allowed", false));
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
        for (int ago = 0; ago < 50; ago += 2) {
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

    private static UsedSegment hour(int daysAgo, String version) {
        Instant start = day(daysAgo).start().plus(Duration.ofHours(5));
        return new UsedSegment(
                "ds_hour_" + start + "_" + version, start, start.plus(Duration.ofHours(1)), version, 1, 100, true);
    }

    private static List<Code> codes(SweepDecisions decisions) {
        return decisions.refusals().stream().map(Refusal::code).toList();
    }
}
