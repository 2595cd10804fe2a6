package sluice.ingest.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.ingest.IngestFixture.DAY;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.core.batch.InputObject;
import sluice.ingest.DefinitionText;
import sluice.ingest.IngestFixture;
import sluice.ingest.run.Counts;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunStore;
import sluice.ingest.run.SegmentSnapshot;
import sluice.ingest.submission.Submitter;
import sluice.platform.druid.SegmentState;
import sluice.simulation.druid.DruidCall;
import sluice.simulation.druid.InputRows;
import sluice.simulation.druid.Rows;

class RowCheckTest {

    private static final String ROLLUP = "{segmentGranularity: DAY, queryGranularity: HOUR, rollup: true}";

    private final IngestFixture fixture = new IngestFixture();
    private final CountedCalls calls = new CountedCalls();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3 | 3 |",
                "4 | 3 | the task reports 4 rows, its segments hold 3",
                "2 | 3 | the task reports 2 rows, its segments hold 3"
            })
    void withoutRollupSegmentsHoldTheRowsThatWereRead(long read, long stored, String mismatch) {
        // Given
        Run run = appended(IngestFixture.definition("append"));

        // When
        Optional<String> found = mismatch(run, own(), read, stored);

        // Then
        assertThat(found).isEqualTo(Optional.ofNullable(mismatch));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3 | 1 |",
                "3 | 3 |",
                "0 | 0 |",
                "2 | 3 | the task reports 2 rows, its segments hold 3 after rollup",
                "3 | 0 | the task reports 3 rows, its segments hold 0 after rollup"
            })
    void withRollupSegmentsHoldAtMostTheRowsThatWereRead(long read, long stored, String mismatch) {
        // Given
        Run run = appended(IngestFixture.definition("append").granularity(ROLLUP));

        // When
        Optional<String> found = mismatch(run, own(), read, stored);

        // Then
        assertThat(found).isEqualTo(Optional.ofNullable(mismatch));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"3 | 5 |", "3 | 3 |", "3 | 2 | the task reports 3 rows, its segments hold 2"})
    void amongSegmentsOfOthersTheRowsAreThere(long read, long stored, String mismatch) {
        // Given
        Run run = appended(IngestFixture.definition("append"));

        // When
        Optional<String> found = mismatch(run, shared(), read, stored);

        // Then
        assertThat(found).isEqualTo(Optional.ofNullable(mismatch));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"3 | 5 |", "3 | 0 | the task reports 3 rows, its segments hold 0 after rollup"})
    void amongSegmentsOfOthersWithRollupThereAreRows(long read, long stored, String mismatch) {
        // Given
        Run run = appended(IngestFixture.definition("append").granularity(ROLLUP));

        // When
        Optional<String> found = mismatch(run, shared(), read, stored);

        // Then
        assertThat(found).isEqualTo(Optional.ofNullable(mismatch));
    }

    @ParameterizedTest
    @CsvSource({"true, true", "false, false"})
    void hiddenAndColdSegmentsCannotBeCounted(boolean available, boolean overshadowed) {
        // Given
        Run run = appended(IngestFixture.definition("append"));
        SegmentState segment = new SegmentState("segment", available, overshadowed, 1, 100, 0);

        // When
        Optional<String> found = check(run, own()).mismatch(counts(3L, 1), Map.of("segment", segment));

        // Then
        assertThat(found).isEmpty();
    }

    @Test
    void anAppendIsNotQueried() {
        // Given
        Run run = appended(IngestFixture.definition("append"));
        fixture.druid.faults(calls);

        // When
        Optional<String> found = mismatch(run, created(), 3, 3);

        // Then
        assertThat(found).isEmpty();
        assertThat(calls.of(DruidCall.ROW_TOTALS)).isZero();
    }

    @Test
    void aReplaceIsQueried() {
        // Given
        Run run = replaced(3, 3);
        fixture.druid.faults(calls);

        // When
        Optional<String> found = mismatch(run, created(), 3, 3);

        // Then
        assertThat(found).isEmpty();
        assertThat(calls.of(DruidCall.ROW_TOTALS)).isEqualTo(1);
    }

    @Test
    void aQueryThatCountsOtherRowsIsAMismatch() {
        // Given
        Run run = replaced(3, 3);

        // When
        Optional<String> found = mismatch(run, created(), 4, 4);

        // Then
        assertThat(found).contains("the segments hold 4 rows, a query counts 3");
    }

    @Test
    void aQueryThatSumsUpOtherRowsIsAMismatch() {
        // Given
        Run run = replaced(IngestFixture.definition("replace").granularity(ROLLUP), 3, 2);

        // When
        Optional<String> found = mismatch(run, created(), 5, 2);

        // Then
        assertThat(found).contains("the task reports 5 rows, a query sums up 3");
    }

    @Test
    void withoutACountMetricNothingIsSummedUp() {
        // Given
        Run run = replaced(IngestFixture.definition("replace").metrics("").granularity(ROLLUP), 3, 2);

        // When
        Optional<String> found = mismatch(run, created(), 5, 2);

        // Then
        assertThat(found).isEmpty();
    }

    @Test
    void withoutAReportTheQueryIsComparedWithTheSegments() {
        // Given
        Run run = replaced(3, 3);

        // When
        Optional<String> agrees = check(run, created()).mismatch(counts(null, 3), served());
        Optional<String> differs = check(run, created()).mismatch(counts(null, 4), served());

        // Then
        assertThat(agrees).isEmpty();
        assertThat(differs).contains("the segments hold 4 rows, a query counts 3");
    }

    @Test
    void aChunkWithSegmentsOfOthersIsNotQueried() {
        // Given
        Run run = replaced(3, 3);
        SegmentSnapshot created = created();
        fixture.druid.others().append("wiki", DAY, InputRows.at(DAY.start(), 7));
        fixture.druid.settle();
        fixture.druid.faults(calls);

        // When
        Optional<String> found = mismatch(run, created, 3, 3);

        // Then
        assertThat(found).isEmpty();
        assertThat(calls.of(DruidCall.ROW_TOTALS)).isZero();
    }

    @Test
    void aRunWithoutSegmentsIsNotQueried() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);
        fixture.druid.faults(calls);

        // When
        Optional<String> found = check(run, own()).mismatch(counts(0L, 0), Map.of());

        // Then
        assertThat(found).isEmpty();
        assertThat(calls.of(DruidCall.ROW_TOTALS)).isZero();
    }

    private Run appended(DefinitionText text) {
        return fixture.planned(text, "a.json", 3);
    }

    private Run replaced(long read, long stored) {
        return replaced(IngestFixture.definition("replace"), read, stored);
    }

    /** A run whose segments Druid serves. */
    private Run replaced(DefinitionText text, long read, long stored) {
        Run run = fixture.planned(text, "a.json", read);
        InputObject object = fixture.bean(RunStore.class).plan(run).objects().get(0);
        fixture.contents(object, new InputRows(List.of(new Rows(DAY.start(), read, stored)), 0));
        fixture.bean(Submitter.class).submit(run.id());
        fixture.druid.settle();
        return fixture.stored(run);
    }

    private Optional<String> mismatch(Run run, SegmentSnapshot snapshot, long read, long stored) {
        return check(run, snapshot).mismatch(counts(read, stored), served());
    }

    private RowCheck check(Run run, SegmentSnapshot snapshot) {
        return new RowCheck(fixture.druid, run, fixture.bean(RunStore.class).plan(run), snapshot);
    }

    private static Counts counts(Long read, long stored) {
        return new Counts(read, 0, 0, 1, stored, 100L, 1);
    }

    private static Map<String, SegmentState> served() {
        return Map.of("segment", new SegmentState("segment", true, false, 3, 100, 1));
    }

    private static SegmentSnapshot own() {
        return SegmentSnapshot.NONE;
    }

    private static SegmentSnapshot shared() {
        return new SegmentSnapshot(Set.of(), Set.of("segment"), List.of("other"), Map.of(), null, List.of(), null);
    }

    /** The snapshot of a run that has created all segments that there are. */
    private SegmentSnapshot created() {
        return new SegmentSnapshot(
                Set.of(), Set.copyOf(fixture.druid.usedSegments("wiki")), List.of(), Map.of(), null, List.of(), null);
    }
}
