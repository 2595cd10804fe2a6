package sluice.simulation.world;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.ingest.DefinitionText;
import sluice.platform.druid.DruidException;
import sluice.platform.metric.Metric;
import sluice.simulation.druid.CallFault;
import sluice.simulation.druid.InputRows;
import sluice.simulation.druid.Rows;

/** Each way in which data is late or wrong shows in a metric, of the real functions in the simulated world. */
class FaultsAreMeasuredTest {

    private static final Instant THREE = Instant.parse("2026-02-01T03:00:00Z");
    private static final String KEY = "wiki/dt=2026-02-01/a.json";

    private final World world = new World();

    @Test
    void aLoadThatGoesWellIsCountedAndNothingElse() {
        // Given
        define("");

        // When
        world.upload(KEY, InputRows.at(THREE, 10));
        world.settle(15);

        // Then
        assertThat(values(Metric.RUNS_AVAILABLE)).containsExactly(1L);
        assertThat(values(Metric.ROWS_READ)).containsExactly(10L);
        assertThat(values(Metric.TIME_TO_AVAILABLE)).singleElement().satisfies(seconds -> assertThat(seconds)
                .isPositive());
        assertThat(values(Metric.RUNS_UNSUCCESSFUL)).isEmpty();
        assertThat(values(Metric.OUTAGE_AGE)).isEmpty();
    }

    @Test
    void aRunThatFailsForItsRowsIsCountedWithItsReason() {
        // Given
        define("");

        // When
        world.upload(KEY, new InputRows(List.of(new Rows(THREE, 10)), 3));
        world.settle(15);

        // Then
        assertThat(values(Metric.RUNS_UNSUCCESSFUL)).isNotEmpty();
        assertThat(world.metrics().lines(Metric.RUNS_UNSUCCESSFUL))
                .extracting(line -> line.path("Reason").asText())
                .containsOnly("TASK_FAILED");
    }

    /** Nobody else tells of them: the run ends well. */
    @Test
    void unreadableRowsThatTheDefinitionAllowsAreCounted() {
        // Given
        define("{unparseable: {max: 5}}");

        // When
        world.upload(KEY, new InputRows(List.of(new Rows(THREE, 10)), 3));
        world.settle(15);

        // Then
        assertThat(values(Metric.ROWS_UNPARSEABLE)).containsExactly(3L);
        assertThat(values(Metric.RUNS_AVAILABLE)).containsExactly(1L);
        assertThat(values(Metric.RUNS_UNSUCCESSFUL)).isEmpty();
    }

    @Test
    void aClusterThatDoesNotAnswerIsAnOutageThatGrows() {
        // Given
        define("");
        world.druid().faults((call, subject) -> Optional.of(new CallFault.Refused(DruidException.Code.UNAVAILABLE)));

        // When
        world.upload(KEY, InputRows.at(THREE, 10));
        world.settle(20);

        // Then
        assertThat(values(Metric.OUTAGE_AGE)).last().satisfies(age -> assertThat(age)
                .isGreaterThan(300));
        assertThat(world.metrics().lines(Metric.OUTAGE_AGE))
                .extracting(line -> line.path("Cluster").asText())
                .containsOnly(World.CLUSTER);
    }

    @Test
    void ticksThatDoNotComeLeaveItemsOver() {
        // Given
        define("");
        world.upload(KEY, InputRows.at(THREE, 10));
        while (world.deliver("generate")) {
            world.clock().advance(Duration.ofSeconds(1));
        }
        world.clock().advance(Duration.ofMinutes(20));

        // When
        world.tick();

        // Then
        assertThat(values(Metric.OLDEST_DUE_AGE)).last().satisfies(age -> assertThat(age)
                .isGreaterThan(900));
        assertThat(values(Metric.DUE_ITEMS)).last().isEqualTo(1L);
    }

    @Test
    void anIdleTickWritesNoMetric() {
        // Given
        define("");
        world.settle(3);
        int before = world.metrics().lines().size();

        // When
        world.settle(5);

        // Then
        assertThat(world.metrics().lines()).hasSize(before);
    }

    @Test
    void dataThatDoesNotComeIsStaleAndFreshAgainWhenItHasCome() {
        // Given
        define("{freshness: PT1H}");
        world.upload(KEY, InputRows.at(THREE, 10));
        world.settle(15);

        // When
        world.settle(70);
        List<Long> stale = values(Metric.DATASOURCES_STALE);
        world.upload("wiki/dt=2026-02-02/a.json", InputRows.at(THREE.plus(Duration.ofDays(1)), 10));
        world.settle(20);

        // Then
        assertThat(stale).startsWith(0L).endsWith(1L);
        assertThat(values(Metric.DATASOURCES_STALE)).endsWith(0L);
        assertThat(world.events())
                .extracting(event -> event.type())
                .containsSubsequence("sluice.datasource.stale", "sluice.run.available", "sluice.datasource.fresh");
        assertThat(world.metrics().lines(Metric.DATA_AGE))
                .extracting((JsonNode line) -> line.path("Datasource").asText())
                .containsOnly("wiki");
    }

    private void define(String expect) {
        DefinitionText text =
                new DefinitionText("wiki").batch("inputFormat", "{type: json}").batch("partitions", "{type: dynamic}");
        world.define("wiki", (expect.isEmpty() ? text : text.batch("expect", expect)).toString());
    }

    private List<Long> values(Metric metric) {
        return world.metrics().values(metric);
    }
}
