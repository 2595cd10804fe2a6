package sluice.upkeep;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.core.batch.S3Location;
import sluice.core.batch.TimeChunk;
import sluice.platform.druid.DruidClusters;
import sluice.platform.event.CloudEvent;
import sluice.platform.event.EventBus;
import sluice.platform.metric.MetricOutput;
import sluice.platform.metric.RecordedMetrics;
import sluice.platform.objects.ObjectStore;
import sluice.platform.state.StateTable;
import sluice.simulation.Beans;
import sluice.simulation.InMemoryEventBus;
import sluice.simulation.InMemoryObjectStore;
import sluice.simulation.InMemoryStateTable;
import sluice.simulation.ManualClock;
import sluice.simulation.TableFailures;
import sluice.simulation.druid.InMemoryDruid;
import sluice.simulation.druid.InMemoryDruids;
import sluice.simulation.druid.InputRows;
import sluice.simulation.druid.Rows;

/** Two clusters, {@code main} and {@code second}, and the real beans of this floor over models in memory. */
public final class UpkeepFixture {

    public static final Instant NOW = Instant.parse("2026-02-01T12:00:00Z");

    private static final String DEFINITIONS = "definitions";
    private final ManualClock clock = new ManualClock(NOW);
    private final TableFailures failures = new TableFailures();
    private final InMemoryStateTable table = new InMemoryStateTable(clock).observer(failures);
    private final InMemoryEventBus bus = new InMemoryEventBus();
    private final InMemoryObjectStore objects = new InMemoryObjectStore(clock).bucket(DEFINITIONS);
    private final Map<String, InputRows> contents = new HashMap<>();
    private final InMemoryDruid main = druid("main");
    private final InMemoryDruid second = druid("second");
    private final InMemoryDruids clusters = new InMemoryDruids(main, second);
    private final RecordedMetrics metrics = new RecordedMetrics();
    private final Beans beans;
    private int tasks;

    public UpkeepFixture() {
        this(Map.of());
    }

    /** @param changed settings that differ from their defaults, by property name */
    public UpkeepFixture(Map<String, String> changed) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "sluice.table", "sluice",
                "sluice.bus", "sluice",
                "sluice.definitions", "s3://" + DEFINITIONS + "/definitions/",
                "quarkus.funqy.export", "retain"));
        settings.putAll(changed);
        this.beans = new Beans(settings)
                .with(Clock.class, clock)
                .with(StateTable.class, table)
                .with(EventBus.class, bus)
                .with(ObjectStore.class, objects)
                .with(DruidClusters.class, clusters)
                .with(MetricOutput.class, metrics);
    }

    private InMemoryDruid druid(String name) {
        return new InMemoryDruid(name, clock, (bucket, key) -> Optional.ofNullable(contents.get(key)));
    }

    public <T> T bean(Class<T> type) {
        return beans.get(type);
    }

    public ManualClock clock() {
        return clock;
    }

    public TableFailures failures() {
        return failures;
    }

    public InMemoryStateTable table() {
        return table;
    }

    public RecordedMetrics metrics() {
        return metrics;
    }

    public InMemoryEventBus bus() {
        return bus;
    }

    public InMemoryDruid main() {
        return main;
    }

    public InMemoryDruid second() {
        return second;
    }

    public InMemoryDruids clusters() {
        return clusters;
    }

    public List<String> eventTypes() {
        return bus.taken().stream().map(CloudEvent::type).toList();
    }

    /** Writes a definition's file. The catalog may show an older one for some seconds. */
    public UpkeepFixture define(String datasource, String text) {
        objects.put(
                new S3Location(DEFINITIONS, "definitions/" + datasource + ".yaml"),
                text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Defines a datasource of days that replaces them. */
    public UpkeepFixture define(String datasource, List<String> definedClusters, String... more) {
        String text =
                """
                apiVersion: sluice/v1
                datasource: %1$s
                clusters: %2$s
                schema:
                  timestampSpec: {column: time, format: iso}
                  dimensionsSpec: {dimensions: [page]}
                  metricsSpec: [{type: count, name: count}, {type: doubleSum, name: weight, fieldName: weight}]
                  granularitySpec: {segmentGranularity: DAY, queryGranularity: NONE, rollup: true}
                batch:
                  source: {type: s3, bucket: landing, prefix: %1$s/, timeChunk: "'dt='yyyy-MM-dd"}
                  inputFormat: {type: json}
                  mode: replace
                """
                        .formatted(datasource, definedClusters);
        return define(datasource, text + String.join("\n", more) + "\n");
    }

    /** Replaces a part of a definition's text. */
    public UpkeepFixture redefine(String datasource, String part, String by) {
        S3Location place = new S3Location(DEFINITIONS, "definitions/" + datasource + ".yaml");
        String text = new String(objects.get(place, 100_000), StandardCharsets.UTF_8);
        return define(datasource, text.replace(part, by));
    }

    public void undefine(String datasource) {
        objects.delete(new S3Location(DEFINITIONS, "definitions/" + datasource + ".yaml"));
    }

    /** The day that began so many days before the day of {@link #NOW}. */
    public static TimeChunk day(int daysAgo) {
        Instant start = Instant.parse("2026-02-01T00:00:00Z").minus(Duration.ofDays(daysAgo));
        return new TimeChunk(start, start.plus(Duration.ofDays(1)));
    }

    /** Replaces days by one segment each. */
    public UpkeepFixture load(InMemoryDruid druid, String datasource, int... daysAgo) {
        for (int ago : daysAgo) {
            load(druid, datasource, day(ago), false, 10, 5_000_000);
        }
        return this;
    }

    /** Appends a segment to a day. */
    public UpkeepFixture append(InMemoryDruid druid, String datasource, int daysAgo, long rows) {
        return load(druid, datasource, day(daysAgo), true, rows, 5_000_000);
    }

    /** Replaces a day by segments of so many rows each. */
    public UpkeepFixture loadParts(
            InMemoryDruid druid, String datasource, int daysAgo, long rows, long rowsPerSegment) {
        return load(druid, datasource, day(daysAgo), false, rows, rowsPerSegment);
    }

    private UpkeepFixture load(
            InMemoryDruid druid, String datasource, TimeChunk chunk, boolean appends, long rows, long rowsPerSegment) {
        String id = "load_" + ++tasks;
        contents.put(id, new InputRows(List.of(new Rows(chunk.start(), rows)), 0));
        ObjectNode task = JsonNodeFactory.instance.objectNode().put("type", "index_parallel");
        ObjectNode dataSchema = task.putObject("spec").putObject("dataSchema").put("dataSource", datasource);
        dataSchema.putArray("metricsSpec").addObject().put("type", "count").put("name", "count");
        dataSchema
                .putObject("granularitySpec")
                .put("segmentGranularity", "DAY")
                .putArray("intervals")
                .add(chunk.interval());
        ObjectNode io = task.withObject("/spec/ioConfig").put("appendToExisting", appends);
        io.putObject("inputSource")
                .put("type", "s3")
                .putArray("objects")
                .addObject()
                .put("bucket", "landing")
                .put("path", id);
        task.withObject("/spec/tuningConfig/partitionsSpec").put("maxRowsPerSegment", rowsPerSegment);
        druid.tasks().submit(id, task.toString());
        druid.settle();
        return this;
    }

    /** Marks the used segments of days unused. */
    public UpkeepFixture markUnused(InMemoryDruid druid, String datasource, int... daysAgo) {
        for (int ago : daysAgo) {
            druid.segmentUsage()
                    .markUnused(datasource, druid.segmentUsage().used(datasource, List.of(day(ago).interval())));
        }
        return this;
    }
}
