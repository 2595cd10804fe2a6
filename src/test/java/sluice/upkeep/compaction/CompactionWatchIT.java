package sluice.upkeep.compaction;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import sluice.entry.gate.Api;
import sluice.ingest.DefinitionText;
import sluice.ingest.Ingestion;
import sluice.ingest.Rows;
import sluice.platform.metric.Metric;
import sluice.platform.metric.SandboxMetrics;
import sluice.sandbox.Sandbox;
import sluice.sandbox.SandboxExtension;

/** Automatic compaction that a definition asks for and that does not get on is told. */
@ExtendWith(SandboxExtension.class)
class CompactionWatchIT {

    @Test
    @DisabledIfSystemProperty(
            named = "sandbox.druid",
            matches = "37",
            disabledReason = "the overlord compacts there, and that it does not list a datasource says nothing")
    void compactionThatNeverBeginsIsToldOnce(Sandbox sandbox) {
        // Given: somebody has removed the configuration that Sluice has posted, so nothing compacts the datasource
        Ingestion ingestion = new Ingestion(sandbox, "watch_stalled")
                .define(new DefinitionText("watch_stalled").part("compaction", "{engine: native}"));

        String configuration = "/druid/indexer/v1/compaction/config/datasources/watch_stalled";
        Api.await().untilAsserted(() -> assertThat(
                        sandbox.druid().get(configuration).statusCode())
                .isEqualTo(200));
        assertThat(sandbox.druid().delete(configuration).statusCode()).isEqualTo(200);

        // When
        ingestion.upload("dt=2026-01-01/a.json", Rows.json("2026-01-01", 10));
        ingestion.awaitAvailable();

        // Then
        JsonNode data =
                ingestion.await("sluice.compaction.stalled", 1).get(0).detail().path("data");
        assertThat(data.path("cluster").asText()).isEqualTo("main");
        assertThat(data.path("scheduleStatus").asText()).isEqualTo("NOT_LISTED");
        assertThat(ingestion.events("sluice.compaction.stalled")).hasSize(1);
        new SandboxMetrics(sandbox).awaitOver(Metric.COMPACTIONS_STALLED, 0, "watch_stalled");
    }
}
