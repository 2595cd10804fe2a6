package sluice.core.definition.reader;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sluice.core.contract.NearestWord;
import sluice.core.definition.Rollup;
import sluice.core.definition.Schema;
import sluice.core.definition.SegmentGranularity;
import sluice.core.json.JsonPointers;

/**
 * Reads the {@code schema} part. It checks only what Sluice itself decides by; the contract checks the contents of
 * Druid's own specs when a spec is generated.
 */
final class SchemaReader {

    private static final List<String> KEYS = List.of(
            "timestampSpec", "dimensionsSpec", "metricsSpec", "granularitySpec", "transformSpec", "projections");
    private static final List<String> GRANULARITY_KEYS =
            List.of("type", "segmentGranularity", "queryGranularity", "rollup");
    private static final Set<String> UTC = Set.of("UTC", "Etc/UTC", "Z");
    private static final List<String> QUERY_GRANULARITIES = Stream.concat(
                    Stream.of("AUTO", "NONE", "ALL"),
                    Arrays.stream(SegmentGranularity.values()).map(Enum::name))
            .toList();
    private static final String CHUNK_GRANULARITIES = "one of "
            + String.join(
                    ", ",
                    Arrays.stream(SegmentGranularity.values()).map(Enum::name).toList());

    private final StrictFields schema;
    private final LocatedFindings findings;

    private SchemaReader(StrictFields schema) {
        this.schema = schema;
        this.findings = schema.findings();
    }

    /** Returns the schema; null if it has errors. */
    static @Nullable Schema read(StrictFields definition) {
        if (!definition.any("schema").isObject()) {
            definition.wrongType("schema", "an object with the keys " + String.join(", ", KEYS));
            return null;
        }
        return new SchemaReader(definition.fields("schema", KEYS)).read(definition.object("schema"));
    }

    private @Nullable Schema read(ObjectNode dataSchema) {
        // Druid accepts a spec without dimensionsSpec, and fails at run time with a NullPointerException.
        if (schema.require("timestampSpec", "{column: ..., format: ...}")) {
            schema.object("timestampSpec");
        }
        if (schema.require("dimensionsSpec", "{dimensions: [...]}")) {
            schema.object("dimensionsSpec");
        }
        schema.object("transformSpec");
        listOfObjects("metricsSpec");
        listOfObjects("projections");
        if (!schema.require("granularitySpec", "{segmentGranularity: DAY}")) {
            return null;
        }
        ObjectNode spec = schema.object("granularitySpec").deepCopy();
        if (spec.has("intervals")) {
            findings.keyError(
                    DefinitionCode.MISPLACED,
                    "/schema/granularitySpec/intervals",
                    "Each batch takes its intervals from the keys of its objects",
                    "no intervals in a definition",
                    null);
            spec.remove("intervals");
        }
        StrictFields granularity =
                new StrictFields(findings, schema.pointer("granularitySpec"), spec, GRANULARITY_KEYS);
        if (granularity.has("type") && !"uniform".equals(granularity.text("type"))) {
            findings.error(
                    DefinitionCode.UNKNOWN_VALUE,
                    granularity.pointer("type"),
                    granularity.any("type") + " has no time chunks",
                    "uniform",
                    "uniform");
        }
        Optional<SegmentGranularity> segment = granularity.require("segmentGranularity", "DAY, HOUR ...")
                ? segmentGranularity(granularity)
                : Optional.empty();
        JsonNode query = queryGranularity(granularity);
        Rollup rollup = rollup(granularity, dataSchema);
        return segment.map(found -> new Schema(dataSchema, found, query, rollup))
                .orElse(null);
    }

    private void listOfObjects(String key) {
        if (!schema.has(key)) {
            return;
        }
        JsonNode list = schema.any(key);
        if (!list.isArray()) {
            schema.wrongType(key, "a list of objects");
            return;
        }
        for (int index = 0; index < list.size(); index++) {
            if (!list.get(index).isObject()) {
                findings.error(
                        DefinitionCode.WRONG_TYPE,
                        JsonPointers.child(schema.pointer(key), index),
                        "This is " + StrictFields.name(list.get(index)),
                        "an object");
            }
        }
    }

    private Optional<SegmentGranularity> segmentGranularity(StrictFields granularity) {
        JsonNode value = granularity.any("segmentGranularity");
        Optional<SegmentGranularity> found = chunkLength(value);
        if (found.isEmpty()) {
            String suggestion = value.isTextual()
                    ? NearestWord.of(
                            value.textValue(),
                            Arrays.stream(SegmentGranularity.values())
                                    .map(Enum::name)
                                    .toList())
                    : null;
            findings.error(
                    DefinitionCode.GRANULARITY,
                    granularity.pointer("segmentGranularity"),
                    value + " is not the length of a time chunk in UTC",
                    CHUNK_GRANULARITIES,
                    suggestion);
        }
        return found;
    }

    private static Optional<SegmentGranularity> chunkLength(JsonNode value) {
        if (value.isTextual()) {
            return SegmentGranularity.ofName(value.textValue());
        }
        boolean isUtc =
                !value.has("timeZone") || UTC.contains(value.get("timeZone").asText());
        boolean simple = "period".equals(value.path("type").asText()) && isUtc && !value.has("origin");
        boolean known = value.isObject()
                && Set.of("type", "period", "timeZone").containsAll(names(value))
                && value.path("period").isTextual();
        return simple && known ? SegmentGranularity.ofPeriod(value.get("period").textValue()) : Optional.empty();
    }

    private JsonNode queryGranularity(StrictFields granularity) {
        JsonNode none = JsonNodeFactory.instance.textNode("NONE");
        if (!granularity.has("queryGranularity")) {
            return none;
        }
        JsonNode value = granularity.any("queryGranularity");
        if (value.isObject()) {
            return value;
        }
        String name = granularity.text("queryGranularity");
        if (name == null) {
            return none;
        }
        String upperCase = name.toUpperCase(Locale.ROOT);
        if (!QUERY_GRANULARITIES.contains(upperCase)) {
            findings.error(
                    DefinitionCode.GRANULARITY,
                    granularity.pointer("queryGranularity"),
                    "'" + name + "' is not a granularity",
                    "auto or one of " + String.join(", ", QUERY_GRANULARITIES.subList(1, QUERY_GRANULARITIES.size())),
                    NearestWord.of(name, QUERY_GRANULARITIES));
        }
        return JsonNodeFactory.instance.textNode(upperCase.equals("AUTO") ? Schema.AUTO : upperCase);
    }

    private Rollup rollup(StrictFields granularity, ObjectNode dataSchema) {
        if (!granularity.has("rollup")) {
            if (dataSchema.path("metricsSpec").isEmpty()) {
                findings.warning(
                        DefinitionCode.SILENT_ROLLUP,
                        granularity.pointer("rollup"),
                        "Druid's default rollup combines equal rows, and without metrics nothing counts them",
                        "rollup: false, or a metric such as {type: count, name: count}");
            }
            return Rollup.ON;
        }
        JsonNode value = granularity.any("rollup");
        if (value.isBoolean()) {
            return value.booleanValue() ? Rollup.ON : Rollup.OFF;
        }
        if (!Schema.AUTO.equals(value.textValue())) {
            granularity.wrongType("rollup", "true, false or auto");
        }
        return Rollup.AUTO;
    }

    private static Set<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
    }
}
