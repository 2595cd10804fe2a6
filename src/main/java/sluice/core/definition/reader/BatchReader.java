package sluice.core.definition.reader;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import sluice.core.definition.BatchDefinition;
import sluice.core.definition.BatchDefinition.Mode;
import sluice.core.definition.BatchDefinition.OnViolation;
import sluice.core.definition.Expectation;
import sluice.core.definition.Schema;
import sluice.core.definition.Source;
import sluice.core.definition.TimeChunkPattern;
import sluice.core.definition.Trigger;
import sluice.core.json.JsonPointers;

/** Reads the {@code batch} part. */
final class BatchReader {

    static final Pattern DURATION =
            Pattern.compile("P(?!$)([0-9]{1,9}D)?(T(?=[0-9])([0-9]{1,9}H)?([0-9]{1,9}M)?([0-9]{1,9}S)?)?");

    private static final List<String> KEYS = List.of(
            "source",
            "inputFormat",
            "mode",
            "trigger",
            "tuningConfig",
            "partitions",
            "expect",
            "onViolation",
            "timeout",
            "priority");
    private static final List<String> SOURCE_KEYS = List.of("type", "bucket", "prefix", "timeChunk", "suffix");
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final List<String> DECIDED_BY_PARTITIONS = List.of(
            "partitionsSpec",
            "forceGuaranteedRollup",
            "maxRowsPerSegment",
            "maxTotalRows",
            "numShards",
            "targetPartitionSize",
            "partitionDimensions");
    private static final List<String> DECIDED_BY_EXPECT = List.of("maxParseExceptions", "reportParseExceptions");
    private static final Duration LONGEST_SETTLE = Duration.ofDays(1);
    private static final Duration LONGEST_TIMEOUT = Duration.ofDays(30);
    private static final Duration LONGEST_FRESHNESS = Duration.ofDays(366);

    private final StrictFields batch;
    private final LocatedFindings findings;
    private final @Nullable Schema schema;
    private final boolean isObject;

    /** @param schema the schema; null if it has errors */
    BatchReader(StrictFields definition, @Nullable Schema schema) {
        this.isObject = definition.any("batch").isObject();
        this.batch = definition.fields("batch", KEYS);
        this.findings = definition.findings();
        this.schema = schema;
    }

    /** Returns the batch part; null if it has errors. */
    @Nullable
    BatchDefinition read() {
        if (!isObject) {
            return null;
        }
        Source source =
                batch.require("source", "{type: s3, bucket: ..., prefix: ..., timeChunk: ...}") ? source() : null;
        Mode mode = batch.require("mode", "replace or append; there is no safe default")
                ? batch.choice("mode", Mode.class).orElse(null)
                : null;
        JsonNode inputFormat = batch.wordOrObject("inputFormat", Schema.AUTO);
        typed("inputFormat", inputFormat);
        JsonNode partitions = batch.wordOrObject("partitions", Schema.AUTO);
        typed("partitions", partitions);
        if (mode == Mode.APPEND
                && partitions.isObject()
                && !partitions.path("type").asText().equals("dynamic")) {
            findings.error(
                    DefinitionCode.CONTRADICTION,
                    batch.pointer("partitions"),
                    "Druid appends only with dynamic partitions, but these are " + partitions.path("type"),
                    "partitions: auto, {type: dynamic}, or mode: replace");
        }
        Trigger trigger = trigger();
        ObjectNode tuningConfig = tuningConfig();
        StrictFields expected = batch.fields("expect", List.of("rows", "unparseable", "thrownAway", "freshness"));
        Expectation expect = expect(expected);
        Duration freshness = duration(expected, "freshness", BatchDefinition.SHORTEST_FRESHNESS, LONGEST_FRESHNESS);
        OnViolation onViolation = batch.choice("onViolation", OnViolation.class, OnViolation.FAIL);
        Duration timeout = duration(batch, "timeout", Duration.ofSeconds(1), LONGEST_TIMEOUT);
        Long priority = batch.number("priority", 0, Integer.MAX_VALUE);
        if (source == null || mode == null || trigger == null) {
            return null;
        }
        return new BatchDefinition(
                source,
                inputFormat,
                mode,
                trigger,
                tuningConfig,
                partitions,
                expect,
                freshness,
                onViolation,
                timeout,
                priority == null ? null : priority.intValue());
    }

    private void typed(String key, JsonNode value) {
        if (value.isObject() && !value.path("type").isTextual()) {
            findings.error(DefinitionCode.MISSING_KEY, batch.pointer(key), "Druid needs its 'type'", "type: a text");
        }
    }

    private @Nullable Source source() {
        StrictFields source = batch.fields("source", SOURCE_KEYS);
        if (!batch.any("source").isObject()) {
            return null;
        }
        if (source.require("type", Source.S3) && !Source.S3.equals(source.text("type"))) {
            findings.error(
                    DefinitionCode.UNKNOWN_VALUE,
                    source.pointer("type"),
                    source.any("type") + " is not known here",
                    Source.S3,
                    Source.S3);
        }
        String bucket = source.require("bucket", "the bucket's name") ? source.text("bucket") : null;
        if (bucket != null && !BUCKET.matcher(bucket).matches()) {
            findings.error(
                    DefinitionCode.UNKNOWN_VALUE,
                    source.pointer("bucket"),
                    "'" + bucket + "' is not a bucket name",
                    "3 to 63 lower-case letters, digits, dots and hyphens, without s3://");
        }
        String prefix = source.text("prefix", "");
        if (prefix.startsWith("s3:")) {
            findings.error(
                    DefinitionCode.UNKNOWN_VALUE,
                    source.pointer("prefix"),
                    "'" + prefix + "' is an address, not the beginning of a key",
                    "the part after the bucket, for example wikipedia/");
        }
        String suffix = source.text("suffix", "");
        TimeChunkPattern timeChunk =
                source.require("timeChunk", "a pattern such as \"'dt='yyyy-MM-dd\"") ? timeChunk(source) : null;
        if (bucket == null || timeChunk == null || findings.anyError()) {
            return null;
        }
        return new Source(Source.S3, bucket, prefix, timeChunk, suffix);
    }

    private @Nullable TimeChunkPattern timeChunk(StrictFields source) {
        TimeChunkPattern pattern = source.parsed(
                        "timeChunk",
                        DefinitionCode.TIME_CHUNK,
                        "a pattern such as 'dt='yyyy-MM-dd or yyyy/MM/dd/HH",
                        TimeChunkPattern::of)
                .orElse(null);
        if (pattern != null && schema != null && !schema.segmentGranularity().contains(pattern.unit())) {
            findings.error(
                    DefinitionCode.TIME_CHUNK,
                    source.pointer("timeChunk"),
                    "'" + pattern + "' ends at " + pattern.unit() + ", but a time chunk is one "
                            + schema.segmentGranularity(),
                    "a pattern at least as fine as the segmentGranularity, or a coarser segmentGranularity");
        }
        return pattern;
    }

    private @Nullable Trigger trigger() {
        if (!batch.has("trigger")) {
            return new Trigger.OnObject(Trigger.DEFAULT_SETTLE);
        }
        boolean marker = "marker".equals(batch.object("trigger").path("on").textValue());
        StrictFields trigger = batch.fields("trigger", marker ? List.of("on", "name") : List.of("on", "settle"));
        if (!batch.any("trigger").isObject() || !trigger.require("on", "object or marker")) {
            return null;
        }
        if (marker) {
            return trigger.require("name", "the marker's name, for example _SUCCESS")
                    ? trigger.parsed(
                                    "name",
                                    DefinitionCode.UNKNOWN_VALUE,
                                    "the last part of a key, for example _SUCCESS",
                                    Trigger.OnMarker::new)
                            .orElse(null)
                    : null;
        }
        if (!"object".equals(trigger.text("on"))) {
            findings.error(
                    DefinitionCode.UNKNOWN_VALUE,
                    trigger.pointer("on"),
                    trigger.any("on") + " is not known here",
                    "object or marker");
            return null;
        }
        Duration settle = duration(trigger, "settle", Duration.ZERO, LONGEST_SETTLE);
        return new Trigger.OnObject(settle == null ? Trigger.DEFAULT_SETTLE : settle);
    }

    private ObjectNode tuningConfig() {
        ObjectNode tuningConfig = batch.object("tuningConfig");
        String pointer = batch.pointer("tuningConfig");
        for (String key : DECIDED_BY_PARTITIONS) {
            misplaced(tuningConfig, pointer, key, "batch.partitions");
        }
        for (String key : DECIDED_BY_EXPECT) {
            misplaced(tuningConfig, pointer, key, "batch.expect.unparseable.max");
        }
        JsonNode type = tuningConfig.path("type");
        if (!type.isMissingNode() && !"index_parallel".equals(type.textValue())) {
            findings.error(
                    DefinitionCode.UNKNOWN_VALUE,
                    JsonPointers.child(pointer, "type"),
                    type + " is not known here",
                    "index_parallel",
                    "index_parallel");
        }
        return tuningConfig;
    }

    private void misplaced(ObjectNode tuningConfig, String pointer, String key, String place) {
        if (tuningConfig.has(key)) {
            findings.keyError(
                    DefinitionCode.MISPLACED,
                    JsonPointers.child(pointer, key),
                    place + " decides '" + key + "'",
                    "no '" + key + "' here",
                    place);
        }
    }

    private Expectation expect(StrictFields expect) {
        Expectation usual =
                schema != null && schema.hasFilter() ? Expectation.DEFAULT_WITH_FILTER : Expectation.DEFAULT;
        Expectation.Bounds rows = bounds(expect, "rows", List.of("min", "max"), usual.rows());
        Expectation.Bounds unparseable = bounds(expect, "unparseable", List.of("max"), usual.unparseable());
        Expectation.Bounds thrownAway = bounds(expect, "thrownAway", List.of("max"), usual.thrownAway());
        return new Expectation(rows, unparseable, thrownAway);
    }

    private Expectation.Bounds bounds(StrictFields expect, String key, List<String> keys, Expectation.Bounds fallback) {
        if (!expect.has(key)) {
            return fallback;
        }
        StrictFields bounds = expect.fields(key, keys);
        Long min = bounds.number("min", 0, Long.MAX_VALUE);
        Long max = bounds.number("max", 0, Long.MAX_VALUE);
        if (min != null && max != null && min > max) {
            findings.error(
                    DefinitionCode.OUT_OF_RANGE,
                    bounds.pointer("min"),
                    "min " + min + " is above max " + max,
                    "min at most max");
            return fallback;
        }
        return new Expectation.Bounds(min, max);
    }

    private @Nullable Duration duration(StrictFields fields, String key, Duration shortest, Duration longest) {
        String expected = "an ISO-8601 duration in days or smaller units, from " + shortest + " to " + longest
                + ", for example PT5M";
        String text = fields.span(key, DURATION, expected);
        if (text == null) {
            return null;
        }
        Duration duration = Duration.parse(text);
        if (duration.compareTo(shortest) < 0 || duration.compareTo(longest) > 0) {
            findings.error(DefinitionCode.OUT_OF_RANGE, fields.pointer(key), text + " is out of range", expected);
            return null;
        }
        return duration;
    }
}
