package sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import sluice.sandbox.Sandbox;
import sluice.sandbox.lambda.BusEvent;
import sluice.sandbox.s3.S3;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** One datasource in the sandbox: its definition, its files, its runs, its rows. */
public final class Ingestion {

    public static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Sandbox sandbox;
    private final String datasource;

    public Ingestion(Sandbox sandbox, String datasource) {
        this.sandbox = sandbox;
        this.datasource = datasource;
    }

    public String datasource() {
        return datasource;
    }

    public Ingestion define(DefinitionText definition) {
        sandbox.s3().putDefinition(datasource + ".yaml", definition.toString());
        return this;
    }

    /** Uploads a file; the key is relative to the datasource's prefix. */
    public Ingestion upload(String key, byte[] content) {
        sandbox.s3().upload(datasource + "/" + key, content);
        return this;
    }

    /** Waits for as many events of a type about this datasource. */
    public List<BusEvent> await(String type, int count) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> assertThat(
                        events(type))
                .as("events %s of %s, all: %s", type, datasource, story())
                .hasSizeGreaterThanOrEqualTo(count));
        return events(type);
    }

    /** Waits until a run is available and returns the data of the event. */
    public JsonNode awaitAvailable() {
        return await("sluice.run.available", 1).get(0).detail().path("data");
    }

    public List<BusEvent> events(String type) {
        return sandbox.bus().events(type).stream()
                .filter(event -> event.detail().path("subject").asText().endsWith("/" + datasource))
                .toList();
    }

    /** Types of all events about this datasource, in order, for the message of a failed test. */
    public List<String> story() {
        return sandbox.bus().events().stream()
                .filter(event -> event.detail().path("subject").asText().endsWith("/" + datasource))
                .map(event -> event.type() + " "
                        + event.detail().at("/data/problem/message").asText(""))
                .toList();
    }

    /** The runs of this datasource as the state table holds them. */
    public List<JsonNode> runs() {
        return sandbox.dynamodb().items().stream()
                .filter(item -> item.get("pk").s().startsWith("run#")
                        && item.get("sk").s().equals("run")
                        && item.get("datasource").s().equals(datasource))
                .map(item -> read(item.get("body").s()))
                .toList();
    }

    /** What the ledger says about a file, relative to the datasource's prefix: its attributes as text. */
    public Optional<Map<String, AttributeValue>> ledger(String key) {
        return ledgerOf(datasource + "/" + key);
    }

    public Optional<Map<String, AttributeValue>> ledgerOf(String key) {
        return sandbox.dynamodb().items().stream()
                .filter(item -> item.get("pk").s().equals("object#" + S3.LANDING + "/" + key))
                .findFirst();
    }

    /** Waits until the ledger says this about a file. */
    public Map<String, AttributeValue> awaitLedger(String fullKey, String state) {
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        ledgerOf(fullKey).map(item -> item.get("objectState").s()))
                .contains(state));
        return ledgerOf(fullKey).orElseThrow();
    }

    public long rows() {
        return sandbox.druid().rows(datasource);
    }

    /** Number of tasks that Druid has had for this datasource, sub-tasks not counted. */
    public long tasks() {
        JsonNode answer = sandbox.druid()
                .sql("SELECT COUNT(*) AS \"n\" FROM sys.tasks WHERE \"datasource\" = '" + datasource
                        + "' AND \"type\" = 'index_parallel'");
        return answer.get(0).path("n").asLong();
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException exception) {
            throw new IllegalStateException("the state table holds a run that is not JSON", exception);
        }
    }
}
