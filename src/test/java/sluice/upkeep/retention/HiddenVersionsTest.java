package sluice.upkeep.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.upkeep.retention.Snapshots.HALF;
import static sluice.upkeep.retention.Snapshots.NOW;
import static sluice.upkeep.retention.Snapshots.ORPHAN;
import static sluice.upkeep.retention.Snapshots.day;
import static sluice.upkeep.retention.Snapshots.used;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sluice.platform.druid.UsedSegment;

/** A sweep marks unused what a newer version has hidden for a day, while that version is served in full. */
class HiddenVersionsTest {

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
}
