package sluice.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** apache/druid #9388: a tuningConfig beside {@code spec} is ignored and the job runs with defaults. */
class Issue9388Test {
    @Test
    void saysWhereATuningConfigBelongs() {
        // Given
        String misplaced =
                """
                {"type": "index_parallel",
                 "tuningConfig": {"type": "index_parallel", "maxRowsInMemory": 10},
                 "spec": {
                   "dataSchema": {"dataSource": "a", "timestampSpec": {"column": "t"}, "dimensionsSpec": {"dimensions": ["x"]},
                     "granularitySpec": {"segmentGranularity": "DAY", "intervals": ["2024-01-01/P1D"]}},
                   "ioConfig": {"type": "index_parallel", "inputSource": {"type": "inline", "data": "{}"},
                     "inputFormat": {"type": "json"}}}}
                """;

        // Then
        assertThat(Contract.forDruid("33").check(misplaced)).anySatisfy(finding -> {
            assertThat(finding.code()).isEqualTo("SLU-1012");
            assertThat(finding.pointer()).isEqualTo("/tuningConfig");
            assertThat(finding.line()).isEqualTo(2);
            assertThat(finding.suggestion()).isEqualTo("move it to /spec/tuningConfig");
        });
    }
}
