package sluice.upkeep.compaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import sluice.ingest.DefinitionText;
import sluice.ingest.Ingestion;
import sluice.ingest.Rows;
import sluice.sandbox.Sandbox;
import sluice.sandbox.lambda.BusEvent;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Datasources that are compacted after they are loaded, and what has become of it. */
final class Compactions {

    static final String DAY = "2026-01-01";

    private Compactions() {}

    static DefinitionText compacted(String datasource) {
        return new DefinitionText(datasource)
                .batch("mode", "append")
                .part("compaction", "{engine: none, afterIngestion: true}");
    }

    /** Two small segments on cluster main that nobody has compacted, and the event of the second. */
    static BusEvent loadedTwice(Ingestion ingestion, String datasource) {
        ingestion.define(new DefinitionText(datasource).batch("mode", "append"));
        ingestion.upload("dt=2026-01-01/a.json", Rows.json(DAY, 10));
        ingestion.awaitAvailable();
        ingestion.upload("dt=2026-01-01/b.json", Rows.json(DAY, 10));
        return available(ingestion, 2);
    }

    /** The data of the events of compact runs that have become available. */
    static List<JsonNode> awaitCompacted(Ingestion ingestion, int count) {
        await().atMost(Ingestion.PATIENCE).untilAsserted(() -> assertThat(compactedEvents(ingestion))
                .as("compact runs, all: %s", ingestion.story())
                .hasSizeGreaterThanOrEqualTo(count));
        return compactedEvents(ingestion);
    }

    static List<JsonNode> compactedEvents(Ingestion ingestion) {
        return ingestion.events("sluice.run.available").stream()
                .map(event -> event.detail().path("data"))
                .filter(data -> data.path("kind").asText().equals("compact"))
                .toList();
    }

    static List<JsonNode> compactRuns(Ingestion ingestion) {
        return ingestion.runs().stream()
                .filter(run -> run.path("kind").asText().equals("compact"))
                .toList();
    }

    /** The run that is planned once the event has come, so many at a time, until there is one. */
    static JsonNode awaitPlanned(Sandbox sandbox, Ingestion ingestion, BusEvent available, int copies) {
        await().atMost(Ingestion.PATIENCE).untilAsserted(() -> {
            sandbox.lambda()
                    .deliverConcurrently("sluice-follow", available.detail().toString(), copies);
            assertThat(compactRuns(ingestion)).hasSize(1);
        });
        return compactRuns(ingestion).get(0);
    }

    static BusEvent available(Ingestion ingestion, int count) {
        return ingestion.await("sluice.run.available", count).get(count - 1);
    }

    static int segments(Sandbox sandbox, String datasource) {
        return sandbox.druid()
                .sql("SELECT COUNT(*) AS \"n\" FROM sys.segments WHERE \"is_active\" = 1 AND \"datasource\" = '"
                        + datasource + "'")
                .get(0)
                .path("n")
                .asInt();
    }

    static Map<String, AttributeValue> chunk(Sandbox sandbox, String datasource) {
        return sandbox.dynamodb().items().stream()
                .filter(item -> item.get("pk").s().equals("compaction#" + datasource))
                .findFirst()
                .orElse(Map.of());
    }

    static void awaitState(Sandbox sandbox, String datasource, String state) {
        await().atMost(Ingestion.PATIENCE).untilAsserted(() -> assertThat(chunk(sandbox, datasource)
                        .getOrDefault("compactionState", AttributeValue.fromS("not looked at"))
                        .s())
                .as("%s", chunk(sandbox, datasource))
                .isEqualTo(state));
    }
}
