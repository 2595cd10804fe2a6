package sluice.upkeep.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.upkeep.retention.Snapshots.HALF;
import static sluice.upkeep.retention.Snapshots.KEEP_A_WEEK;
import static sluice.upkeep.retention.Snapshots.codes;
import static sluice.upkeep.retention.Snapshots.day;
import static sluice.upkeep.retention.Snapshots.unused;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.core.batch.TimeChunk;
import sluice.core.definition.Span;
import sluice.platform.druid.AutoKill;
import sluice.platform.druid.UnusedSegment;
import sluice.upkeep.retention.CategoryTotals.Category;
import sluice.upkeep.retention.Refusal.Code;

/** A sweep deletes for good what was unused long enough, and what nobody can want back. */
class PurgePlannerTest {

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
}
