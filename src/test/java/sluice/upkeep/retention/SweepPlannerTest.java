package sluice.upkeep.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.upkeep.retention.Snapshots.HALF;
import static sluice.upkeep.retention.Snapshots.KEEP_A_WEEK;
import static sluice.upkeep.retention.Snapshots.NOW;
import static sluice.upkeep.retention.Snapshots.ORPHAN;
import static sluice.upkeep.retention.Snapshots.codes;
import static sluice.upkeep.retention.Snapshots.day;
import static sluice.upkeep.retention.Snapshots.unused;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.core.batch.TimeChunk;
import sluice.core.definition.Span;
import sluice.upkeep.retention.CategoryTotals.Category;
import sluice.upkeep.retention.Refusal.Code;

/** A sweep marks unused what is past its time, within its share and where nothing blocks it. */
class SweepPlannerTest {

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
    void whatBrokersAndTheMetadataStoreDoNotAgreeOnIsNeitherMarkedNorPurged() {
        // Given
        Snapshots snapshots = new Snapshots()
                .days(10)
                .expired(9, 8)
                .unused(unused(day(12), "v1", Duration.ofDays(9)))
                .undecided(day(9))
                .undecided(day(12));

        // When
        SweepDecisions decisions = snapshots.decide();

        // Then
        assertThat(decisions.marked().segments()).isEqualTo(1);
        assertThat(decisions.kills()).isEmpty();
        assertThat(codes(decisions)).containsExactly(Refusal.Code.UNDECIDED, Refusal.Code.UNDECIDED);
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
    void whatOneSweepDoesNotReadItTells() {
        assertThat(codes(new Snapshots().days(10).incomplete().decide())).containsExactly(Code.NEXT_SWEEP);
    }
}
