package sluice.upkeep.retention;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import sluice.entry.gate.Api;
import sluice.sandbox.Sandbox;
import sluice.sandbox.s3.S3;

/** A datasource with one segment a day, loaded by Druid alone, and where its parts are. */
final class StoredDays {

    static final int ROWS_A_DAY = 5;
    /** Of segments that are in use, and whose rows brokers know; they know a segment first. */
    static final String SERVED = "\"is_active\" = 1 AND \"num_rows\" = " + ROWS_A_DAY;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger TASKS = new AtomicInteger();

    private final Sandbox sandbox;
    private final String datasource;

    StoredDays(Sandbox sandbox, String datasource) {
        this.sandbox = sandbox;
        this.datasource = datasource;
    }

    static String ago(int days) {
        return LocalDate.now(ZoneOffset.UTC).minusDays(days).toString();
    }

    /** Loads days, and waits until all their rows can be queried. */
    StoredDays load(int... daysAgo) {
        load(IntStream.of(daysAgo).mapToObj(StoredDays::ago).toList());
        awaitRows(daysAgo.length);
        awaitSegments(daysAgo.length, SERVED);
        return this;
    }

    /** Waits until brokers show so many segments of which a condition holds; those of Druid 37 poll. */
    void awaitSegments(int count, String condition) {
        Api.await().untilAsserted(() -> assertThat(sandbox.druid()
                        .sql("SELECT \"segment_id\" FROM sys.segments WHERE \"datasource\" = '" + datasource + "' AND "
                                + condition))
                .hasSize(count));
    }

    /** Loads one day, replacing what it held. */
    String load(String day) {
        return load(List.of(day));
    }

    private String load(List<String> days) {
        String id = "load-" + datasource + "-" + TASKS.incrementAndGet();
        ObjectNode task = JSON.createObjectNode().put("type", "index_parallel").put("id", id);
        ObjectNode schema = task.putObject("spec").putObject("dataSchema").put("dataSource", datasource);
        schema.putObject("timestampSpec").put("column", "time");
        schema.putObject("dimensionsSpec").putArray("dimensions").add("page");
        ArrayNode intervals = schema.putObject("granularitySpec")
                .put("segmentGranularity", "DAY")
                .put("rollup", false)
                .putArray("intervals");
        days.forEach(day -> intervals.add(day + "/P1D"));
        ObjectNode input =
                ((ObjectNode) task.path("spec")).putObject("ioConfig").put("type", "index_parallel");
        input.putObject("inputFormat").put("type", "json");
        input.putObject("inputSource")
                .put("type", "inline")
                .put(
                        "data",
                        days.stream()
                                .flatMap(day -> IntStream.range(0, ROWS_A_DAY)
                                        .mapToObj(row ->
                                                "{\"time\":\"%sT0%d:00:00Z\",\"page\":\"%s\"}".formatted(day, row, id)))
                                .collect(Collectors.joining("\n")));
        ((ObjectNode) task.path("spec")).putObject("tuningConfig").put("type", "index_parallel");
        assertThat(sandbox.druid()
                        .post("/druid/indexer/v1/task", task.toString())
                        .statusCode())
                .isEqualTo(200);
        Api.await()
                .untilAsserted(() -> assertThat(sandbox.druid().taskState(id)).isEqualTo("SUCCESS"));
        return id;
    }

    void awaitRows(int days) {
        Api.await().untilAsserted(() -> assertThat(sandbox.druid().rows(datasource))
                .isEqualTo((long) days * ROWS_A_DAY));
    }

    /** Ids of the used segments, as the metadata store has them. */
    List<String> used() {
        return texts(read(sandbox.druid()
                .get("/druid/coordinator/v1/metadata/datasources/" + datasource + "/segments")
                .body()));
    }

    /** Ids of the segments, as brokers have them: used ones, and those that a server still has. */
    List<String> known() {
        List<String> ids = new ArrayList<>();
        sandbox.druid()
                .sql("SELECT \"segment_id\" FROM sys.segments WHERE \"datasource\" = '" + datasource + "'")
                .forEach(row -> ids.add(row.path("segment_id").asText()));
        return ids;
    }

    /** Ids of the unused segments, as the metadata store has them. */
    List<String> unused() {
        List<String> ids = new ArrayList<>();
        read(sandbox.druid()
                        .get("/druid/coordinator/v1/metadata/datasources/" + datasource + "/unusedSegments")
                        .body())
                .forEach(
                        segment -> ids.add(segment.at("/dataSegment/identifier").asText()));
        return ids;
    }

    /** Files in deep storage. */
    List<String> files() {
        return sandbox.druid().version().readsS3()
                ? sandbox.s3().keys(S3.DRUID, "segments/" + datasource + "/")
                : sandbox.druid().localSegments(datasource);
    }

    /** The values of page, of which every load has its own. */
    List<String> pages() {
        List<String> pages = new ArrayList<>();
        sandbox.druid()
                .sql("SELECT DISTINCT \"page\" FROM \"" + datasource + "\"")
                .forEach(row -> pages.add(row.path("page").asText()));
        return pages;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static JsonNode read(String json) {
        try {
            // Of a datasource that has none used Druid knows nothing, in an answer without a body.
            return json.isBlank() ? JSON.createArrayNode() : JSON.readTree(json);
        } catch (IOException exception) {
            throw new UncheckedIOException(json, exception);
        }
    }
}
