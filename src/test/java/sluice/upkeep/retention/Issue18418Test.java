package sluice.upkeep.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.upkeep.retention.Snapshots.day;
import static sluice.upkeep.retention.Snapshots.unused;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import sluice.platform.druid.UnusedSegment;
import sluice.upkeep.retention.CategoryTotals.Category;
import sluice.upkeep.retention.Refusal.Code;

/** Data servers may keep a segment long after it was marked unused (apache/druid #18418, #11318). */
class Issue18418Test {

    @Test
    void unusedAndNotYetUnloadedIsItsOwnStateAndNotPurged() {
        // Given
        UnusedSegment served = unused(day(20), "a", Duration.ofDays(8));
        UnusedSegment unloaded = unused(day(25), "a", Duration.ofDays(8));

        // When: a segment that is served and not known to be unused may be one that was published just now
        SweepDecisions decisions = new Snapshots()
                .days(10)
                .unused(served, unloaded)
                .served(served.id())
                .served("published just now")
                .decide();

        // Then
        assertThat(decisions.found())
                .filteredOn(found -> found.category() == Category.UNUSED_STILL_SERVED)
                .singleElement()
                .satisfies(found -> assertThat(found.amount().segments()).isEqualTo(1));
        assertThat(decisions.kills()).singleElement().satisfies(kill -> assertThat(kill.segments())
                .containsExactly(unloaded));
        assertThat(decisions.refusals()).extracting(Refusal::code).containsExactly(Code.STILL_SERVED);
    }
}
