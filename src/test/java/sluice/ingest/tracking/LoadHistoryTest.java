package sluice.ingest.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.ingest.IngestFixture.FEED;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.core.spec.SpecHints.History;
import sluice.ingest.IngestFixture;
import sluice.ingest.run.Counts;
import sluice.ingest.run.Plan;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunStore;

class LoadHistoryTest {

    private static final String HOURLY = "{segmentGranularity: DAY, queryGranularity: HOUR, rollup: true}";
    private static final String DAILY = "{segmentGranularity: DAY, queryGranularity: DAY, rollup: true}";
    private static final String RAW = "{segmentGranularity: DAY, queryGranularity: HOUR, rollup: false}";

    private final IngestFixture fixture = new IngestFixture();
    private final LoadHistory history = fixture.bean(LoadHistory.class);

    @Test
    void nothingIsKnownAtFirst() {
        assertThat(history.find(FEED)).isEmpty();
    }

    @Test
    void runsAreSummed() {
        // Given
        long first = add("a.json", HOURLY, counts(10L, 5L, 100L));

        // When
        long second = add("b.json", HOURLY, counts(20L, 8L, 150L));

        // Then
        assertThat(history.find(FEED)).contains(new History(first + second, 30, 13, 250, "HOUR"));
    }

    @Test
    void rowsThatWereNotRolledUpHaveNoGranularity() {
        // When
        long bytes = add("a.json", RAW, counts(10L, 10L, 100L));

        // Then
        assertThat(history.find(FEED)).contains(new History(bytes, 10, 10, 100, null));
    }

    @Test
    void sumsBeginAnewWithAnotherGranularity() {
        // Given
        add("a.json", HOURLY, counts(10L, 5L, 100L));

        // When
        long bytes = add("b.json", DAILY, counts(20L, 2L, 50L));

        // Then
        assertThat(history.find(FEED)).contains(new History(bytes, 20, 2, 50, "DAY"));
    }

    @ParameterizedTest
    @CsvSource({", 5, 100", "0, 5, 100", "10, , 100", "10, 0, 100", "10, 5, ", "10, 5, 0"})
    void aRunThatStoredNothingTellsNothing(Long read, Long rows, Long bytes) {
        // When
        add("a.json", HOURLY, counts(read, rows, bytes));

        // Then
        assertThat(history.find(FEED)).isEmpty();
    }

    /** Adds a run, and returns the size of its input. */
    private long add(String name, String granularity, Counts counts) {
        Run run = fixture.planned(IngestFixture.definition("append").granularity(granularity), name, 3);
        Plan plan = fixture.bean(RunStore.class).plan(run);
        history.add(run, plan, counts);
        return plan.inputBytes();
    }

    private static Counts counts(Long read, Long rows, Long bytes) {
        return new Counts(read, 0, 0, 1, rows, bytes, 1);
    }
}
