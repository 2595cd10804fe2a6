package sluice.upkeep.sizing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import sluice.core.contract.Finding;
import sluice.core.contract.Severity;
import sluice.core.definition.Definition;
import sluice.core.definition.Definitions;
import sluice.core.spec.SpecDefaults;
import sluice.core.spec.SpecHints.History;
import sluice.platform.druid.ChunkSize;

class SizingAdviceTest {

    private static final long MB = 1_000_000;
    private static final String BY_HOUR = "'dt='yyyy-MM-dd'/hour='HH";

    @Test
    void nothingIsSaidAboutNothing() {
        assertThat(advice(Definitions.WIKIPEDIA, List.of(), null)).isEmpty();
    }

    @Test
    void allOfItOnlyInforms() {
        assertThat(advice(Definitions.WIKIPEDIA, days(10, 8, 4_000, MB), history(0.9)))
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.severity()).isEqualTo(Severity.INFO));
    }

    @Test
    void sizesAreToldAgainstTheTarget() {
        Finding finding = find(Definitions.WIKIPEDIA, days(10, 8, 4_000, MB), SizingCode.SEGMENT_SIZES)
                .orElseThrow();

        assertThat(finding.message())
                .isEqualTo(
                        "80 segments in 10 time chunks, on average 125.0 kB and 500 rows; 80 of" + " them are small");
        assertThat(finding.expected()).startsWith("300.0 MB to 700.0 MB, about ");
    }

    @Test
    void daysOfTenMegabytesWouldMakeGoodMonths() {
        String append = Definitions.WIKIPEDIA.replace("interval: P1D", "interval: P1Y");

        Finding finding = find(append, days(30, 1, 100_000, 12 * MB), SizingCode.SEGMENT_GRANULARITY)
                .orElseThrow();

        assertThat(finding.expected()).isEqualTo("MONTH");
        assertThat(finding.message())
                .contains("A usual DAY has 12.0 MB", "in replace mode each new file then loads its whole MONTH anew");
    }

    @Test
    void chunksAreNotMadeLongerThanWhatIsAsked() {
        assertThat(find(Definitions.WIKIPEDIA, days(30, 1, 100_000, 12 * MB), SizingCode.SEGMENT_GRANULARITY))
                .as("queries look at a day")
                .isEmpty();
    }

    @Test
    void daysOfManyGoodSegmentsAreCutFiner() {
        Finding finding = find(
                        Definitions.WIKIPEDIA,
                        days(3, 200, 1_000_000_000, 100_000 * MB),
                        SizingCode.SEGMENT_GRANULARITY)
                .orElseThrow();

        assertThat(finding.expected()).isEqualTo("HOUR");
    }

    @Test
    void goodDaysStayDays() {
        assertThat(find(Definitions.WIKIPEDIA, days(5, 2, 9_000_000, 900 * MB), SizingCode.SEGMENT_GRANULARITY))
                .isEmpty();
    }

    @Test
    void timesThatNobodyAsksForAreRolledUpFurther() {
        String byMinute = Definitions.WIKIPEDIA.replace("queryGranularity: HOUR", "queryGranularity: MINUTE");

        assertThat(find(byMinute, days(3, 1, 1_000, MB), SizingCode.QUERY_GRANULARITY))
                .map(Finding::expected)
                .contains("HOUR");
        assertThat(find(Definitions.WIKIPEDIA, days(3, 1, 1_000, MB), SizingCode.QUERY_GRANULARITY))
                .isEmpty();
    }

    @Test
    void timesThatAreAskedForAndNotThereAreNamed() {
        String byMinute = Definitions.WIKIPEDIA.replace("granularity: HOUR, filters", "granularity: MINUTE, filters");

        assertThat(find(byMinute, days(3, 1, 1_000, MB), SizingCode.QUERY_GRANULARITY))
                .map(Finding::message)
                .hasValueSatisfying(message -> assertThat(message).contains("its times are not there"));
    }

    @Test
    void aFilteredDimensionIsPartitionedByWhereAChunkHasSeveralSegments() {
        assertThat(find(Definitions.WIKIPEDIA, days(3, 4, 20_000_000, 2_000 * MB), SizingCode.PARTITIONS))
                .map(Finding::expected)
                .contains(
                        "{\"type\":\"range\",\"partitionDimensions\":[\"channel\"],\"targetRowsPerSegment\":5000000}");
        assertThat(find(Definitions.WIKIPEDIA, days(3, 1, 1_000, MB), SizingCode.PARTITIONS))
                .as("one segment is read in any case")
                .isEmpty();
    }

    @Test
    void givenSizesFarFromTheTargetAreNamed() {
        String given = Definitions.MINIMAL + "  partitions: {type: dynamic, maxRowsPerSegment: 5000}\n";

        assertThat(find(given, days(3, 4, 20_000_000, 2_000 * MB), SizingCode.PARTITIONS))
                .map(Finding::expected)
                .contains("auto, or 5000000 rows a segment");
    }

    @Test
    void smallSegmentsOfTheDefinitionAreFineNearTheTarget() {
        String near = Definitions.MINIMAL + "  partitions: {type: dynamic, maxRowsPerSegment: 4000000}\n";

        assertThat(find(near, days(3, 4, 20_000_000, 2_000 * MB), SizingCode.PARTITIONS))
                .isEmpty();
    }

    @Test
    void largeSegmentsOfTheDefinitionAreNamed() {
        String large = Definitions.MINIMAL + "  partitions: {type: dynamic, maxRowsPerSegment: 50000000}\n";

        assertThat(find(large, days(3, 4, 20_000_000, 2_000 * MB), SizingCode.PARTITIONS))
                .map(Finding::message)
                .contains("At 100 bytes per row, 50000000 rows take 5.0 GB");
    }

    @Test
    void tooManyAndTooFewShardsAreNamed() {
        // Given
        List<ChunkSize> fourGoodSegments = days(3, 4, 20_000_000, 2_000 * MB);

        // Then
        assertThat(find(sharded(20), fourGoodSegments, SizingCode.PARTITIONS))
                .map(Finding::expected)
                .contains("auto, or numShards 4");
        assertThat(find(sharded(1), fourGoodSegments, SizingCode.PARTITIONS)).isPresent();
        assertThat(find(sharded(5), fourGoodSegments, SizingCode.PARTITIONS)).isEmpty();
    }

    @Test
    void whatIsPartitionedByTheFilterAlreadyIsLeft() {
        // Given
        List<ChunkSize> fourGoodSegments = days(3, 4, 20_000_000, 2_000 * MB);
        String range = Definitions.WIKIPEDIA.replace(
                "partitions: auto",
                "partitions: {type: range, partitionDimensions: [channel, page], targetRowsPerSegment: 5000000}");
        String single = Definitions.WIKIPEDIA.replace(
                "partitions: auto",
                "partitions: {type: single_dim, partitionDimension: channel, targetRowsPerSegment: 5000000}");

        // Then
        assertThat(find(range, fourGoodSegments, SizingCode.PARTITIONS)).isEmpty();
        assertThat(find(single, fourGoodSegments, SizingCode.PARTITIONS)).isEmpty();
    }

    @Test
    void appendedRowsGetPartitionsByCompaction() {
        // Given
        String append = Definitions.MINIMAL + "queries: [{interval: P1D, granularity: ALL, filters: [page]}]\n";

        // Then
        assertThat(find(append, days(3, 4, 20_000_000, 2_000 * MB), SizingCode.PARTITIONS))
                .map(Finding::message)
                .hasValueSatisfying(message -> assertThat(message).endsWith("by compaction"));
    }

    @Test
    void dimensionsThatAreNoTextAreNoRanges() {
        // Given
        String byNumber = Definitions.WIKIPEDIA.replace("filters: [channel]", "filters: [added]");
        String byNamedText = Definitions.WIKIPEDIA
                .replace("{type: long, name: added}", "{name: added}")
                .replace("filters: [channel]", "filters: [added]");

        // Then
        assertThat(find(byNumber, days(3, 4, 20_000_000, 2_000 * MB), SizingCode.PARTITIONS))
                .isEmpty();
        assertThat(find(byNamedText, days(3, 4, 20_000_000, 2_000 * MB), SizingCode.PARTITIONS))
                .map(Finding::expected)
                .hasValueSatisfying(expected -> assertThat(expected).contains("\"added\""));
    }

    @Test
    void shortQueriesDoNotKeepChunksShorterThanADay() {
        // Given
        String hours = Definitions.WIKIPEDIA
                .replace("segmentGranularity: DAY", "segmentGranularity: HOUR")
                .replace("'dt='yyyy-MM-dd", BY_HOUR)
                .replace("interval: P1D", "interval: PT1H");

        // Then
        assertThat(find(hours, hours(48, 100_000, 2 * MB), SizingCode.SEGMENT_GRANULARITY))
                .map(Finding::expected)
                .contains("DAY");
    }

    @Test
    void appendedChunksMayBecomeLongerWithoutLoadingAnew() {
        // Given
        String append = Definitions.MINIMAL
                .replace("segmentGranularity: DAY", "segmentGranularity: HOUR")
                .replace("'dt='yyyy-MM-dd", BY_HOUR);

        // Then
        assertThat(find(append, hours(48, 100_000, 100 * MB), SizingCode.SEGMENT_GRANULARITY))
                .map(Finding::message)
                .hasValueSatisfying(message -> assertThat(message).endsWith("as DAY"));
    }

    @Test
    void aQueryWithoutAGranularityLeavesTimesAsTheyAre() {
        // Given
        String byMinute = Definitions.WIKIPEDIA
                .replace("queryGranularity: HOUR", "queryGranularity: MINUTE")
                .replace("granularity: HOUR, filters", "filters");

        // Then
        assertThat(find(byMinute, days(3, 1, 1_000, MB), SizingCode.QUERY_GRANULARITY))
                .isEmpty();
    }

    @Test
    void allTimesInOneAreTooCoarseForAnyQuery() {
        // Given
        String all = Definitions.WIKIPEDIA.replace("queryGranularity: HOUR", "queryGranularity: ALL");

        // Then
        assertThat(find(all, days(3, 1, 1_000, MB), SizingCode.QUERY_GRANULARITY))
                .map(Finding::expected)
                .contains("HOUR");
    }

    @Test
    void rollupThatSavesMuchIsNotNamed() {
        // Given
        String silent = Definitions.WIKIPEDIA.replace(
                "queries: [{interval: P1D, granularity: HOUR, filters: [channel]}]\n", "");

        // Then
        assertThat(find(silent, days(3, 1, 1_000, MB), history(0.5), SizingCode.QUERY_GRANULARITY))
                .isEmpty();
        assertThat(find(silent, days(3, 1, 1_000, MB), history(null, 0.95), SizingCode.QUERY_GRANULARITY))
                .as("without rollup")
                .isEmpty();
        assertThat(find(silent, days(3, 1, 1_000, MB), history(null, 0.95), SizingCode.ROLLUP_RATIO))
                .isEmpty();
    }

    @Test
    void smallSegmentsOfStreamsComeFromLateMessages() {
        // Given
        String stream = Definitions.WIKIPEDIA.replace("engine: native, skipOffsetFromLatest: P1D", "engine: none");

        // Then
        assertThat(find(stream, days(3, 8, 4_000, MB), SizingCode.SMALL_SEGMENTS))
                .map(Finding::message)
                .hasValueSatisfying(message -> assertThat(message).endsWith("lateMessageRejectionPeriod limits them"));
        assertThat(find(
                        stream.replace("engine: none", "engine: none, afterIngestion: true"),
                        days(3, 8, 4_000, MB),
                        SizingCode.SMALL_SEGMENTS))
                .as("Sluice compacts them")
                .isEmpty();
    }

    @Test
    void chunksWhoseRowsAreUnknownAreLeftOut() {
        assertThat(advice(Definitions.WIKIPEDIA, days(3, 8, 0, MB), null)).isEmpty();
        assertThat(advice(Definitions.WIKIPEDIA, days(3, 8, 4_000, 0), null)).isEmpty();
    }

    @Test
    void rollupIsToldAsMeasured() {
        assertThat(find(Definitions.WIKIPEDIA, days(3, 1, 1_000, MB), history(0.25), SizingCode.ROLLUP_RATIO))
                .map(Finding::message)
                .contains("Rollup to HOUR stores 0.250 rows per row read (250 of 1000)");
    }

    @Test
    void rollupThatSavesLittleIsToldWhereNoQuerySaysMore() {
        String silent = Definitions.WIKIPEDIA.replace(
                "queries: [{interval: P1D, granularity: HOUR, filters: [channel]}]\n", "");

        assertThat(find(silent, days(3, 1, 1_000, MB), history(0.95), SizingCode.QUERY_GRANULARITY))
                .map(Finding::message)
                .contains("Rollup to HOUR saves less than a fifth of the rows");
    }

    @Test
    void smallSegmentsThatNobodyCompactsAreNamed() {
        assertThat(find(Definitions.MINIMAL, days(3, 8, 4_000, MB), SizingCode.SMALL_SEGMENTS))
                .map(Finding::message)
                .hasValueSatisfying(message -> assertThat(message).startsWith("3 time chunks would come to half"));
        assertThat(find(Definitions.WIKIPEDIA, days(3, 8, 4_000, MB), SizingCode.SMALL_SEGMENTS))
                .as("Druid compacts them")
                .isEmpty();
    }

    private static Optional<Finding> find(String definition, List<ChunkSize> chunks, SizingCode code) {
        return find(definition, chunks, null, code);
    }

    private static Optional<Finding> find(String definition, List<ChunkSize> chunks, History history, SizingCode code) {
        return advice(definition, chunks, history).stream()
                .filter(finding -> finding.code().equals(code.code()))
                .findFirst();
    }

    private static List<Finding> advice(String definition, List<ChunkSize> chunks, History history) {
        Definition read = Definitions.of(definition);
        return SizingAdvice.of(read, chunks, history, SpecDefaults.STANDARD);
    }

    private static History history(double ratio) {
        return history("HOUR", ratio);
    }

    private static History history(String queryGranularity, double ratio) {
        return new History(1_000_000, 1_000, (long) (1_000 * ratio), 100_000, queryGranularity);
    }

    private static String sharded(int shards) {
        return Definitions.WIKIPEDIA
                .replace("partitions: auto", "partitions: {type: hashed, numShards: " + shards + "}")
                .replace("filters: [channel]", "filters: []");
    }

    /** Hours with one segment of so many rows and bytes each. */
    private static List<ChunkSize> hours(int count, long rows, long bytes) {
        Instant first = Instant.parse("2026-01-01T00:00:00Z");
        return IntStream.range(0, count)
                .mapToObj(hour -> new ChunkSize(
                        first.plus(Duration.ofHours(hour)), first.plus(Duration.ofHours(hour + 1)), 1, 1, rows, bytes))
                .toList();
    }

    /** Days with so many segments, rows and bytes each. */
    private static List<ChunkSize> days(int count, long segments, long rows, long bytes) {
        Instant first = Instant.parse("2026-01-01T00:00:00Z");
        return IntStream.range(0, count)
                .mapToObj(day -> new ChunkSize(
                        first.plus(Duration.ofDays(day)),
                        first.plus(Duration.ofDays(day + 1)),
                        segments,
                        bytes / segments < 300 * MB ? segments : 0,
                        rows,
                        bytes))
                .toList();
    }
}
