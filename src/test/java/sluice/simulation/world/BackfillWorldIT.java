package sluice.simulation.world;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import sluice.core.batch.TimeChunk;
import sluice.core.definition.SegmentGranularity;

/**
 * Long backfills, in which processes die at random calls. {@code ./mvnw test -Dtest=BackfillWorldIT} prints what a time chunk
 * costs.
 */
class BackfillWorldIT {

    /** A month in every build; {@code -Dsimulation.days=365} runs through a year. */
    private static final int DAYS_OF_HOURS = Integer.getInteger("simulation.days", 30);

    @Test
    void tenYearsOfDaysRunThroughWithKills() {
        BackfillWorldTest.runsThrough(
                SegmentGranularity.DAY, BackfillWorldTest.span("2016-01-01", "2026-01-01"), 30, 3_653, 122);
    }

    @Test
    void hoursOfAYearRunThroughWithKills() {
        Instant begin = Instant.parse("2025-01-01T00:00:00Z");
        TimeChunk hours = new TimeChunk(begin, begin.plus(Duration.ofDays(DAYS_OF_HOURS)));
        BackfillWorldTest.runsThrough(SegmentGranularity.HOUR, hours, null, 24 * DAYS_OF_HOURS, DAYS_OF_HOURS);
    }
}
