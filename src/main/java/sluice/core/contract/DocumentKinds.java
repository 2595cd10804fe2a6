package sluice.core.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Determines the kind of a document from its {@code type}. */
final class DocumentKinds {
    private static final Set<String> COMPACTION_TYPES = Set.of("inline", "catalog", "reindexCascade");

    /** What the types of load, drop and broadcast rules end in. */
    private static final List<String> RULE_TYPES = List.of("Forever", "ByPeriod", "ByInterval", "BeforeByPeriod");

    private static final List<String> SPEC_FIELDS = List.of("dataSchema", "ioConfig");
    private static final List<String> COMPACTION_FIELDS =
            List.of("skipOffsetFromLatest", "taskPriority", "inputSegmentSizeBytes", "tuningConfig", "granularitySpec");

    private static final List<String> AUTOMATIC =
            List.of("skipOffsetFromLatest", "taskPriority", "inputSegmentSizeBytes");

    private static final List<String> TASK_FIELDS = List.of("id", "spec", "interval", "segments", "context");

    private final PropertySchema task;
    private final PropertySchema supervisor;
    private final PropertySchema compactionConfig;
    private final PropertySchema rules;
    private final PropertySchema parser;

    DocumentKinds(SchemaFiles files) {
        this.task = root(files, "task");
        this.supervisor = root(files, "supervisor");
        this.compactionConfig = root(files, "compactionConfig");
        this.rules = root(files, "rules");
        this.parser = root(files, SchemaFiles.PARSER);
    }

    private static PropertySchema root(SchemaFiles files, String file) {
        return new PropertySchema(JsonKinds.ANY ^ JsonKinds.NULL, null, false, false, null, () -> new SchemaCompiler(
                        files, file, files.file(file).path("x-page").asText(null))
                .shape(file, files.file(file)));
    }

    PropertySchema root(String kind) {
        return switch (kind) {
            case "task" -> task;
            case "supervisor" -> supervisor;
            case "compactionConfig" -> compactionConfig;
            case "rules" -> rules;
            default -> throw new IllegalArgumentException("unknown kind of document: " + kind);
        };
    }

    /** Returns the schema of {@code dataSchema.parser}. */
    PropertySchema parser() {
        return parser;
    }

    private Set<String> supervisorTypes() {
        return types(supervisor);
    }

    private static Set<String> types(PropertySchema schema) {
        CompiledSchema.Choice byType = schema.shape().choice();
        return byType == null ? Set.of() : byType.branches().keySet();
    }

    /**
     * Returns true if a document of unknown origin is one of Druid's: an object with a type or a field that only specs
     * have, or a list of rules. {@code {"type": "index"}} alone is not, and neither is a query.
     */
    boolean recognises(JsonNode document) {
        if (document.isArray()) {
            return document.size() > 0
                    && RULE_TYPES.stream()
                            .anyMatch(suffix ->
                                    document.get(0).path("type").asText().endsWith(suffix));
        }
        if (document.has("queryType")) {
            return false;
        }
        if (SPEC_FIELDS.stream()
                .anyMatch(field -> document.has(field) || document.path("spec").has(field))) {
            return true;
        }
        String type = document.path("type").asText();
        boolean isTyped = types(task).contains(type) || supervisorTypes().contains(type);
        return (document.has("dataSource") || document.path("spec").has("dataSource"))
                && (isTyped || COMPACTION_FIELDS.stream().anyMatch(document::has));
    }

    /** A list is a list of rules. An object is classified by its type; without one, by whether it looks like a task. */
    String kindOf(JsonNode document) {
        if (document.isArray()) {
            return "rules";
        }
        JsonNode type = document.path("type");
        JsonNode name = type.isArray() && type.size() == 1 ? type.get(0) : type;
        if (name.isTextual()) {
            if (supervisorTypes().contains(name.textValue())) {
                return "supervisor";
            }
            if (COMPACTION_TYPES.contains(name.textValue())) {
                return "compactionConfig";
            }
            return !types(task).contains(name.textValue()) && looksLikeSupervisor(document) ? "supervisor" : "task";
        }
        if (looksLikeSupervisor(document)) {
            return "supervisor";
        }
        boolean compaction = !document.path("ioConfig").has("inputSpec")
                && TASK_FIELDS.stream().noneMatch(document::has)
                && (isOfDatasource(document) || AUTOMATIC.stream().anyMatch(document::has));
        return compaction ? "compactionConfig" : "task";
    }

    /** Returns true for a misspelt name, too. */
    private static boolean isOfDatasource(JsonNode document) {
        return document.properties().stream()
                .anyMatch(entry -> entry.getKey().equals("dataSource")
                        || NearestWord.certain(entry.getKey(), List.of("dataSource")) != null);
    }

    /** Of a document whose type is missing or unknown: it reads a stream, or has an automatic compaction as its spec. */
    private static boolean looksLikeSupervisor(JsonNode document) {
        JsonNode spec = document.path("spec");
        JsonNode ioConfig = (spec.isObject() ? spec : document).path("ioConfig");
        return MixedDocument.readsStream(ioConfig) || spec.has("dataSource") && !spec.has("dataSchema");
    }

    /** Returns the type that the parts of a document without a type have; null if they have none of these types. */
    static @Nullable String inferredType(JsonNode document, Set<String> types) {
        JsonNode spec = document.path("spec").isObject() ? document.get("spec") : document;
        JsonNode ioConfig = spec.path("ioConfig");
        return Stream.of(
                        ioConfig.path("type").asText(),
                        spec.path("tuningConfig").path("type").asText(),
                        ioConfig.has("stream") ? "kinesis" : MixedDocument.readsStream(ioConfig) ? "kafka" : "",
                        ioConfig.has("inputSpec") ? "compact" : "",
                        spec.has("dataSource") && !spec.has("dataSchema") ? "autocompact" : "")
                .filter(types::contains)
                .findFirst()
                .orElse(null);
    }
}
