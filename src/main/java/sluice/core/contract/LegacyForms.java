package sluice.core.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Translates the forms of earlier Druid versions to those that took their place: {@code parser} to timestampSpec,
 * dimensionsSpec and inputFormat ({@code ParseSpec.toInputFormat}), {@code firehose} to inputSource (<a
 * href="https://druid.apache.org/docs/latest/operations/migrate-from-firehose-ingestion">migration guide</a>).
 */
public final class LegacyForms {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Firehoses that became an inputSource with other names for the same fields. */
    private static final Map<String, String> SOURCES = Map.of(
            "local", "local",
            "static-s3", "s3",
            "static-google-blobstore", "google",
            "static-azure-blobstore", "azure",
            "hdfs", "hdfs",
            "http", "http",
            "ingestSegment", "druid",
            "sql", "sql",
            "inline", "inline",
            "combining", "combining");

    /** Fields that have the same name and meaning in both forms. */
    private static final String[] SAME = {
        "baseDir",
        "filter",
        "uris",
        "prefixes",
        "paths",
        "httpAuthenticationUsername",
        "httpAuthenticationPassword",
        "dataSource",
        "interval",
        "segments",
        "dimensions",
        "metrics",
        "database",
        "sqls",
        "foldCase",
        "data"
    };

    private static final Pattern JSON_FILES = Pattern.compile("\\.(json|jsonl|ndjson)(\\.gz)?\"");

    private LegacyForms() {}

    /**
     * Returns the spec in today's form; the same object if it has no earlier one. {@code timestampSpec}, {@code
     * dimensionsSpec} and {@code inputFormat} take the place of a parser, and {@code inputSource} that of a firehose. What
     * the spec already has stays. A parser or firehose without a successor stays too.
     *
     * @param parts the object with dataSchema and ioConfig; it is not changed
     */
    public static ObjectNode modern(ObjectNode parts) {
        JsonNode parser = parts.path("dataSchema").path("parser");
        JsonNode firehose = parts.path("ioConfig").path("firehose");
        if (!parser.isObject() && !firehose.isObject()) {
            return parts;
        }
        ObjectNode modern = parts.deepCopy();
        if (modern.path("ioConfig") instanceof ObjectNode ioConfig) {
            Optional<ObjectNode> source = inputSource(firehose);
            if (source.isPresent()) {
                ioConfig.remove("firehose");
                setIfAbsent(ioConfig, "inputSource", source.get());
            }
            Optional<ObjectNode> format = inputFormat(parser);
            if (format.isPresent()) {
                setIfAbsent(ioConfig, "inputFormat", format.get());
                inSchema((ObjectNode) modern.get("dataSchema"), parser.path("parseSpec"));
            }
        }
        return modern;
    }

    private static void inSchema(ObjectNode dataSchema, JsonNode parseSpec) {
        dataSchema.remove("parser");
        for (String part : new String[] {"timestampSpec", "dimensionsSpec"}) {
            if (parseSpec.has(part)) {
                setIfAbsent(dataSchema, part, parseSpec.get(part));
            }
        }
    }

    private static void setIfAbsent(ObjectNode object, String name, JsonNode value) {
        if (!object.hasNonNull(name)) {
            object.set(name, value);
        }
    }

    /** Returns the pointers of the fields that Druid removed and that had no effect on the data. */
    public static List<String> fieldsWithoutEffect(JsonNode document) {
        return Contract.forDruid("33").check(document).stream()
                .filter(finding -> finding.code().equals(ContractCode.REMOVED_WITHOUT_EFFECT.id()))
                .map(Finding::pointer)
                .toList();
    }

    /** Returns the parser's modern form, in words that can be pasted. */
    static String modernParser(JsonNode parser) {
        JsonNode parseSpec = parser.path("parseSpec");
        StringBuilder form = new StringBuilder("in dataSchema: ");
        form.append("\"timestampSpec\": ")
                .append(parseSpec.has("timestampSpec") ? parseSpec.get("timestampSpec") : "{...}");
        form.append(", \"dimensionsSpec\": ")
                .append(parseSpec.has("dimensionsSpec") ? parseSpec.get("dimensionsSpec") : "{...}");
        inputFormat(parser).ifPresent(format -> form.append("; in ioConfig: \"inputFormat\": ")
                .append(format));
        return form.toString();
    }

    /** Returns the inputFormat that reads what the parser read; empty if no format does. */
    static Optional<ObjectNode> inputFormat(JsonNode parser) {
        JsonNode parseSpec = parser.path("parseSpec");
        ObjectNode format = JSON.objectNode();
        return switch (parser.path("type").asText("string")) {
            case "avro_stream" ->
                Optional.of(copy(
                        copy(format.put("type", "avro_stream"), parser, "avroBytesDecoder"), parseSpec, "flattenSpec"));
            case "avro_hadoop" -> Optional.of(copy(format.put("type", "avro_ocf"), parseSpec, "flattenSpec"));
            case "orc" -> Optional.of(copy(format.put("type", "orc"), parseSpec, "flattenSpec"));
            case "parquet", "parquet-avro" ->
                Optional.of(
                        copy(copy(format.put("type", "parquet"), parser, "binaryAsString"), parseSpec, "flattenSpec"));
            case "protobuf" ->
                Optional.of(copy(
                        copy(format.put("type", "protobuf"), parser, "protoBytesDecoder"), parseSpec, "flattenSpec"));
            default -> text(parseSpec, format);
        };
    }

    private static Optional<ObjectNode> text(JsonNode parseSpec, ObjectNode format) {
        String name = parseSpec.path("format").asText();
        switch (name) {
            case "json", "jsonLowercase" ->
                copy(format.put("type", "json"), parseSpec, "flattenSpec", "featureSpec", "keepNullColumns");
            case "csv", "tsv" -> {
                copy(format.put("type", name), parseSpec, "columns", "delimiter", "listDelimiter", "skipHeaderRows");
                if (parseSpec.path("hasHeaderRow").asBoolean()) {
                    format.put("findColumnsFromHeader", true);
                    format.remove("columns");
                }
            }
            case "regex" -> copy(format.put("type", "regex"), parseSpec, "pattern", "columns", "listDelimiter");
            default -> {
                return Optional.empty();
            }
        }
        return Optional.of(format);
    }

    private static ObjectNode copy(ObjectNode target, JsonNode source, String... names) {
        for (String name : names) {
            if (source.hasNonNull(name)) {
                target.set(name, source.get(name));
            }
        }
        return target;
    }

    /**
     * Returns the inputSource that reads what the firehose read; empty if there is none.
     *
     * @param firehose an object with a type
     */
    static Optional<ObjectNode> inputSource(JsonNode firehose) {
        String type = SOURCES.get(firehose.path("type").asText());
        if (type == null) {
            return Optional.empty();
        }
        ObjectNode source = copy(JSON.objectNode().put("type", type), firehose, SAME);
        if (firehose.path("blobs").isArray()) {
            ArrayNode objects = source.putArray("objects");
            firehose.get("blobs").forEach(blob -> objects.addObject()
                    .put(
                            "bucket",
                            blob.path("bucket").asText(blob.path("container").asText()))
                    .put("path", blob.path("path").asText()));
        }
        if (firehose.path("delegates").isArray()) {
            ArrayNode delegates = source.putArray("delegates");
            firehose.get("delegates").forEach(delegate -> inputSource(delegate).ifPresent(delegates::add));
            if (delegates.size() < firehose.get("delegates").size()) {
                return Optional.empty();
            }
        }
        return Optional.of(source);
    }

    /** Returns the inputFormat of files whose names say that they are JSON; empty if the names say nothing. */
    static Optional<ObjectNode> formatOfFiles(JsonNode firehose) {
        for (String names : new String[] {"filter", "uris", "paths", "blobs"}) {
            if (JSON_FILES.matcher(firehose.path(names).toString()).find()) {
                return Optional.of(JSON.objectNode().put("type", "json"));
            }
        }
        return Optional.empty();
    }

    /** Returns what takes the firehose's place in the ioConfig, in words that can be pasted. */
    static String modernFirehose(JsonNode firehose, JsonNode dataSchema, JsonNode ioConfig) {
        StringBuilder form = new StringBuilder("in ioConfig: \"inputSource\": ")
                .append(inputSource(firehose).map(ObjectNode::toString).orElse("{...}"));
        boolean rows = inputSource(firehose)
                .map(source -> source.path("type").asText())
                .filter(InputRules::deliversRows)
                .isPresent();
        if (rows || ioConfig.hasNonNull("inputFormat")) {
            return form.toString();
        }
        JsonNode parser = firehose.has("parser") ? firehose.get("parser") : dataSchema.path("parser");
        return form.append(", \"inputFormat\": ")
                .append(inputFormat(parser)
                        .or(() -> formatOfFiles(firehose))
                        .map(ObjectNode::toString)
                        .orElse("{...}"))
                .toString();
    }
}
