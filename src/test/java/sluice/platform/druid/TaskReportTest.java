package sluice.platform.druid;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class TaskReportTest {

    private static final String COUNTS =
            """
            {"processed":16,"processedBytes":900,"processedWithError":1,"thrownAway":2,"unparseable":3}""";

    @Test
    void readsTheCountsOfASequentialTask() throws JsonProcessingException {
        // Given
        String report =
                """
                {"ingestionStatsAndErrors":{"taskId":"t","type":"ingestionStatsAndErrors","payload":{
                "ingestionState":"COMPLETED","unparseableEvents":{"determinePartitions":[],"buildSegments":[
                {"input":"x","errorType":"unparseable","details":["Unable to parse row [x] (Path: s3://b/k, Record: 2)"]}]},
                "rowStats":{"determinePartitions":{},"buildSegments":%s},"errorMsg":null,"segmentsPublished":4}}}"""
                        .formatted(COUNTS);

        // When
        TaskReport read = TaskReport.of(new ObjectMapper().readTree(report));

        // Then
        assertThat(read)
                .isEqualTo(new TaskReport(
                        16,
                        1,
                        3,
                        2,
                        4,
                        java.util.List.of("Unable to parse row ... (Path: s3://b/k, Record: 2)"),
                        null));
        assertThat(read.stored()).isEqualTo(17);
    }

    @Test
    void readsTheCountsOfAParallelTask() throws JsonProcessingException {
        // Given
        String report =
                """
                {"ingestionStatsAndErrors":{"payload":{"ingestionState":"COMPLETED","unparseableEvents":{},
                "rowStats":{"totals":{"buildSegments":%s}}}}}"""
                        .formatted(COUNTS);

        // When
        TaskReport read = TaskReport.of(new ObjectMapper().readTree(report));

        // Then
        assertThat(read.processed()).isEqualTo(16);
        assertThat(read.published()).isEmpty();
    }

    @Test
    void sumsThePartsOfACompactTask() throws JsonProcessingException {
        // Given
        String report =
                """
                {"taskContext_0":{"payload":{}},
                "ingestionStatsAndErrors_0":{"payload":{"rowStats":{"buildSegments":%s},"segmentsPublished":1}},
                "ingestionStatsAndErrors_1":{"payload":{"rowStats":{"totals":{"buildSegments":%s}},"segmentsPublished":2}}}"""
                        .formatted(COUNTS, COUNTS);

        // When
        TaskReport read = TaskReport.of(new ObjectMapper().readTree(report));

        // Then
        assertThat(read.stored()).isEqualTo(34);
        assertThat(read.published()).hasValue(3);
    }
}
