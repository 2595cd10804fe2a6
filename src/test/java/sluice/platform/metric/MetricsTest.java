package sluice.platform.metric;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sluice.simulation.ManualClock;

class MetricsTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final MetricPlace MAIN = MetricPlace.cluster("main");

    private final ManualClock clock = new ManualClock(NOON);
    private final RecordedMetrics recorded = new RecordedMetrics();

    @Test
    void aLineIsInTheEmbeddedMetricFormat() {
        // Given
        Metrics metrics = recorded.metrics(clock, Map.of("sluice.environment", "prod"));

        // When
        metrics.write(MAIN, Map.of(Metric.OUTAGE_AGE, 90L), Map.of("RunId", "r1"));

        // Then
        assertThat(recorded.lines())
                .extracting(JsonNode::toString)
                .containsExactly("{\"_aws\":{\"Timestamp\":" + NOON.toEpochMilli()
                        + ",\"CloudWatchMetrics\":[{\"Namespace\":\"Sluice\",\"Dimensions\":[[\"Environment\",\"Cluster\"]],"
                        + "\"Metrics\":[{\"Name\":\"OutageAge\",\"Unit\":\"Seconds\"}]}]},\"Environment\":\"prod\","
                        + "\"Cluster\":\"main\",\"RunId\":\"r1\",\"OutageAge\":90}");
    }

    @Test
    void countsAddUpAndPeaksStayUntilTheEndOfTheInvocation() {
        // Given
        Metrics metrics = recorded.metrics(clock);
        metrics.add(Metric.DRUID_CALLS, MAIN, 1);
        metrics.add(Metric.DRUID_CALLS, MAIN, 2);
        metrics.peak(Metric.OUTAGE_AGE, MAIN, 60);
        metrics.peak(Metric.OUTAGE_AGE, MAIN, 30);

        // When
        metrics.flush();
        metrics.flush();

        // Then
        assertThat(recorded.values(Metric.DRUID_CALLS)).containsExactly(3L);
        assertThat(recorded.values(Metric.OUTAGE_AGE)).containsExactly(60L);
    }

    @Test
    void onlyAListedDatasourceBecomesADimension() {
        // Given
        Metrics metrics = recorded.metrics(clock, Map.of("sluice.metrics.datasources", "wiki"));

        // When
        metrics.write(MetricPlace.datasource("main", "wiki"), Map.of(Metric.DATA_AGE, 1L), Map.of());
        metrics.write(MetricPlace.datasource("main", "other"), Map.of(Metric.DATA_AGE, 1L), Map.of());

        // Then
        assertThat(recorded.lines())
                .extracting(
                        line -> line.at("/_aws/CloudWatchMetrics/0/Dimensions").toString())
                .containsExactly(
                        "[[\"Environment\",\"Cluster\"],[\"Environment\",\"Cluster\",\"Datasource\"]]",
                        "[[\"Environment\",\"Cluster\"]]");
    }

    @Test
    void aThousandDatasourcesAreOneLine() {
        // Given
        Metrics metrics = recorded.metrics(clock);

        // When
        for (int number = 0; number < 1000; number++) {
            metrics.peak(Metric.LAST_SWEEP_AGE, MetricPlace.datasource("main", "d" + number), number);
        }
        metrics.flush();

        // Then
        assertThat(recorded.values(Metric.LAST_SWEEP_AGE)).containsExactly(999L);
    }

    @Test
    void aReasonIsADimensionOfItsOwn() {
        // When
        recorded.metrics(clock).write(MAIN.because("TASK_LOST"), Map.of(Metric.RUNS_FAILED, 1L), Map.of());

        // Then
        assertThat(recorded.lines().get(0).at("/_aws/CloudWatchMetrics/0/Dimensions"))
                .hasToString("[[\"Environment\",\"Cluster\"],[\"Environment\",\"Cluster\",\"Reason\"]]");
    }

    @Test
    void nothingIsWrittenIfMetricsAreSwitchedOff() {
        // Given
        Metrics metrics = recorded.metrics(clock, Map.of("sluice.metrics.enabled", "false"));
        metrics.add(Metric.DRUID_CALLS, MAIN, 1);

        // When
        metrics.write(MAIN, Map.of(Metric.RUNS_FAILED, 1L), Map.of());
        metrics.flush();

        // Then
        assertThat(recorded.lines()).isEmpty();
    }
}
