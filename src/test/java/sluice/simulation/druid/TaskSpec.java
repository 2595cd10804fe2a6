package sluice.simulation.druid;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import sluice.core.batch.TimeChunk;
import sluice.core.definition.SegmentGranularity;

/** The parts of a task that decide what it does. */
final class TaskSpec {

    static final Set<String> STREAMING = Set.of("index_kafka", "index_kinesis");

    private static final int BATCH_PRIORITY = 50;
    private static final int COMPACT_PRIORITY = 25;
    private static final int STREAM_PRIORITY = 75;
    private static final long ROWS_PER_SEGMENT = 5_000_000;

    private final JsonNode json;

    TaskSpec(JsonNode json) {
        this.json = json;
    }

    JsonNode json() {
        return json;
    }

    String type() {
        return json.path("type").asText();
    }

    boolean isCompact() {
        return type().equals("compact");
    }

    boolean isKill() {
        return type().equals("kill");
    }

    boolean isStream() {
        return STREAMING.contains(type());
    }

    /** The supervisor of a stream's task: its own field from Druid 34 on, before that the datasource. */
    String supervisor() {
        return json.path("supervisorId").asText(datasource());
    }

    String datasource() {
        return isCompact() || isKill()
                ? json.path("dataSource").asText()
                : json.at("/spec/dataSchema/dataSource").asText();
    }

    JsonNode context() {
        return json.path("context");
    }

    boolean appends() {
        return isStream() || json.at("/spec/ioConfig/appendToExisting").asBoolean();
    }

    /** Whether the task drops what is in its intervals, also where it has no rows. */
    boolean dropsExisting() {
        return json.at("/spec/ioConfig/dropExisting").asBoolean();
    }

    boolean rollsUp() {
        return json.at("/spec/dataSchema/granularitySpec/rollup").asBoolean(true);
    }

    /** Spans of time that the task is limited to; empty where the rows decide. */
    List<TimeChunk> intervals() {
        List<TimeChunk> spans = new ArrayList<>();
        if (isCompact()) {
            spans.add(
                    TaskRefusal.interval(json.at("/ioConfig/inputSpec/interval").asText()));
        } else if (isKill()) {
            spans.add(TaskRefusal.interval(json.path("interval").asText()));
        } else {
            json.at("/spec/dataSchema/granularitySpec/intervals")
                    .forEach(interval -> spans.add(TaskRefusal.interval(interval.asText())));
        }
        return List.copyOf(spans);
    }

    /** Empty where a compaction keeps the chunks that there are. */
    Optional<SegmentGranularity> granularity() {
        JsonNode given = isCompact()
                ? json.at("/granularitySpec/segmentGranularity")
                : json.at("/spec/dataSchema/granularitySpec/segmentGranularity");
        if (given.isMissingNode() || given.isNull()) {
            return isCompact() ? Optional.empty() : Optional.of(SegmentGranularity.DAY);
        }
        String name = given.isObject() ? given.path("period").asText() : given.asText();
        return Optional.of(SegmentGranularity.ofName(name)
                .or(() -> SegmentGranularity.ofPeriod(name))
                .orElseThrow(() -> new IllegalArgumentException("The model has no segmentGranularity " + given)));
    }

    /** {@code <bucket>/<key>} of the input objects, in their order. */
    List<InputKey> inputs() {
        JsonNode source = json.at("/spec/ioConfig/inputSource");
        List<InputKey> keys = new ArrayList<>();
        source.path("objects")
                .forEach(object -> keys.add(new InputKey(
                        object.path("bucket").asText(), object.path("path").asText())));
        addresses().forEach(address -> keys.add(InputKey.ofUri(address.toString())));
        return List.copyOf(keys);
    }

    /** Presigned addresses of input objects. */
    List<URI> addresses() {
        List<URI> addresses = new ArrayList<>();
        json.at("/spec/ioConfig/inputSource/uris").forEach(uri -> addresses.add(URI.create(uri.asText())));
        return List.copyOf(addresses);
    }

    int priority() {
        int standard = isStream() ? STREAM_PRIORITY : isCompact() ? COMPACT_PRIORITY : isKill() ? 0 : BATCH_PRIORITY;
        return context().path("priority").asInt(standard);
    }

    /** The type of the locks that the task takes ({@code AbstractBatchIndexTask.determineLockType}). */
    LockType lockType() {
        if (context().path("useConcurrentLocks").asBoolean()) {
            return appends() ? LockType.APPEND : LockType.REPLACE;
        }
        String given = context().path("taskLockType").asText(null);
        LockType type = given != null
                ? LockType.valueOf(given)
                : appends() && context().path("useSharedLock").asBoolean() ? LockType.SHARED : LockType.EXCLUSIVE;
        boolean forAppends = type == LockType.SHARED || type == LockType.APPEND;
        return forAppends && !appends() ? LockType.EXCLUSIVE : type;
    }

    boolean storesCompactionState() {
        return context().path("storeCompactionState").asBoolean();
    }

    long rowsPerSegment() {
        JsonNode partitions =
                isCompact() ? json.at("/tuningConfig/partitionsSpec") : json.at("/spec/tuningConfig/partitionsSpec");
        return partitions
                .path("targetRowsPerSegment")
                .asLong(partitions.path("maxRowsPerSegment").asLong(ROWS_PER_SEGMENT));
    }

    /** How many rows may be unparseable before the task fails. */
    long maxParseExceptions() {
        JsonNode tuning = json.at("/spec/tuningConfig");
        return tuning.path("reportParseExceptions").asBoolean()
                ? 0
                : tuning.path("maxParseExceptions").asLong(Integer.MAX_VALUE);
    }

    long savedParseExceptions() {
        return json.at("/spec/tuningConfig/maxSavedParseExceptions").asLong();
    }

    /** Druid SQL's type of each column that the task stores. */
    Map<String, String> columns() {
        Map<String, String> types = new TreeMap<>(Map.of("__time", "TIMESTAMP"));
        json.at("/spec/dataSchema/dimensionsSpec/dimensions").forEach(dimension -> {
            if (dimension.isTextual()) {
                types.put(dimension.asText(), "VARCHAR");
            } else {
                types.put(
                        dimension.path("name").asText(),
                        switch (dimension.path("type").asText("string")) {
                            case "long" -> "BIGINT";
                            case "double" -> "DOUBLE";
                            case "float" -> "FLOAT";
                            case "json" -> "COMPLEX<json>";
                            default -> "VARCHAR";
                        });
            }
        });
        json.at("/spec/dataSchema/metricsSpec").forEach(metric -> {
            String type = metric.path("type").asText();
            types.put(
                    metric.path("name").asText(),
                    type.equals("count") || type.startsWith("long")
                            ? "BIGINT"
                            : type.startsWith("double") ? "DOUBLE" : type.startsWith("float") ? "FLOAT" : "COMPLEX");
        });
        return types;
    }

    List<String> metrics() {
        List<String> names = new ArrayList<>();
        json.at("/spec/dataSchema/metricsSpec")
                .forEach(metric -> names.add(metric.path("name").asText()));
        return List.copyOf(names);
    }
}
