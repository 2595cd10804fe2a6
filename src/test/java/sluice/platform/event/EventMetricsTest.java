package sluice.platform.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.platform.metric.Metric;
import sluice.platform.metric.RecordedMetrics;
import sluice.simulation.Beans;
import sluice.simulation.ManualClock;

class EventMetricsTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final RecordedMetrics recorded = new RecordedMetrics();
    private final EventMetrics metrics =
            new EventMetrics(recorded.metrics(new ManualClock(NOON), Map.of("sluice.metrics.datasources", "wiki")));

    @ParameterizedTest
    @CsvSource({
        "RUN_FAILED, RUNS_FAILED",
        "RUN_REFUSED, RUNS_REFUSED",
        "RUN_TIMED_OUT, RUNS_TIMED_OUT",
        "RUN_ROLLED_BACK, RUNS_ROLLED_BACK"
    })
    void aBadEndIsCountedWithItsReason(EventType type, Metric metric) throws JsonProcessingException {
        // When
        publish(
                type,
                """
                {"runId": "r1", "kind": "batch", "cluster": "main", "datasource": "wiki", "problem": {"code": "TIME_LIMIT"}}""");

        // Then
        assertThat(recorded.values(metric)).containsExactly(1L);
        assertThat(recorded.values(Metric.RUNS_UNSUCCESSFUL)).containsExactly(1L);
        assertThat(recorded.lines().get(0).at("/_aws/CloudWatchMetrics/0/Dimensions"))
                .hasToString("[[\"Environment\",\"Cluster\"],[\"Environment\",\"Cluster\",\"Datasource\"],"
                        + "[\"Environment\",\"Cluster\",\"Reason\"]]");
    }

    @ParameterizedTest
    @CsvSource({"RUN_CANCELLED, RUNS_CANCELLED", "RUN_SUPERSEDED, RUNS_SUPERSEDED"})
    void anEndWithoutACodeIsCounted(EventType type, Metric metric) throws JsonProcessingException {
        // When
        publish(
                type,
                """
                {"runId": "r1", "kind": "batch", "cluster": "main", "datasource": "wiki", "reason": "no longer needed"}""");

        // Then
        assertThat(recorded.lines(metric)).singleElement().satisfies(line -> assertThat(line.has("Reason"))
                .isFalse());
    }

    @Test
    void anAvailableRunTellsHowLongItsNewestFileHasWaited() throws JsonProcessingException {
        // When
        publish(
                EventType.RUN_AVAILABLE,
                """
                {"runId": "r1", "cluster": "main", "datasource": "wiki",
                 "arrivedAt": "2026-03-01T11:58:30Z", "since": "2026-03-01T12:00:00Z"}""");

        // Then
        assertThat(recorded.values(Metric.RUNS_AVAILABLE)).containsExactly(1L);
        assertThat(recorded.values(Metric.TIME_TO_AVAILABLE)).containsExactly(90L);
    }

    @Test
    void aRunWithoutAnArrivalTellsNoTime() throws JsonProcessingException {
        // When
        publish(
                EventType.RUN_AVAILABLE,
                """
                {"runId": "r1", "cluster": "main", "datasource": "wiki", "since": "2026-03-01T12:00:00Z"}""");

        // Then
        assertThat(recorded.values(Metric.RUNS_AVAILABLE)).containsExactly(1L);
        assertThat(recorded.values(Metric.TIME_TO_AVAILABLE)).isEmpty();
    }

    @Test
    void rowsAreCountedWhenTheTaskHasSucceededWhateverBecomesOfTheRun() throws JsonProcessingException {
        // When
        publish(
                EventType.RUN_SUCCEEDED,
                """
                {"cluster": "main", "datasource": "wiki", "counts": {"read": 100, "unparseable": 3, "thrownAway": 2}}""");

        // Then
        assertThat(recorded.values(Metric.ROWS_READ)).containsExactly(100L);
        assertThat(recorded.values(Metric.ROWS_UNPARSEABLE)).containsExactly(3L);
        assertThat(recorded.values(Metric.ROWS_THROWN_AWAY)).containsExactly(2L);
    }

    @Test
    void onlyASweepWithRefusalsIsCounted() throws JsonProcessingException {
        // When
        publish(
                EventType.RETENTION_SWEPT,
                """
                {"cluster": "main", "datasource": "wiki", "refusals": []}""");
        publish(
                EventType.RETENTION_SWEPT,
                """
                {"cluster": "main", "datasource": "wiki", "refusals": [{"code": "SHARE"}]}""");

        // Then
        assertThat(recorded.values(Metric.SWEEPS_REFUSED)).containsExactly(1L);
    }

    @Test
    void settingsThatAreWrongAreCounted() throws JsonProcessingException {
        // When
        publish(EventType.DEFINITION_MISALIGNED, "{\"datasource\": \"wiki\"}");
        publish(EventType.DEFINITION_DRIFTED, "{\"cluster\": \"main\", \"datasource\": \"wiki\"}");
        publish(EventType.COMPACTION_STALLED, "{\"cluster\": \"main\", \"datasource\": \"wiki\"}");

        // Then
        assertThat(recorded.values(Metric.DEFINITIONS_MISALIGNED)).containsExactly(1L);
        assertThat(recorded.values(Metric.DEFINITIONS_DRIFTED)).containsExactly(1L);
        assertThat(recorded.values(Metric.COMPACTIONS_STALLED)).containsExactly(1L);
    }

    @Test
    void anEventOfAnotherVersionOfSluiceIsNoError() {
        // Given
        JsonNode data = Beans.MAPPER.createObjectNode();

        // When
        metrics.published(new CloudEvent(
                "1.0", "1", "/sluice/test", "sluice.moon.full", "main", NOON, "application/json", "urn:x", data));
        metrics.published(CloudEvent.of(EventType.RUN_AVAILABLE, "2", "/sluice/test", "main", NOON, data));

        // Then
        assertThat(recorded.values(Metric.RUNS_AVAILABLE)).isEqualTo(List.of(1L));
    }

    private void publish(EventType type, String data) throws JsonProcessingException {
        metrics.published(CloudEvent.of(type, "1", "/sluice/test", "main/wiki", NOON, Beans.MAPPER.readTree(data)));
    }
}
