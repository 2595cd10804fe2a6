package sluice.core.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/** Determines the kind of a document from its {@code type}. */
final class DocumentKinds {
    private static final Set<String> COMPACTION_TYPES = Set.of("inline", "catalog", "reindexCascade");

    /** What the types of load, drop and broadcast rules end in. */
    private static final List<String> RULE_TYPES = List.of("Forever", "ByPeriod", "ByInterval", "BeforeByPeriod");

    private static final List<String> SPEC_FIELDS = List.of("dataSchema", "ioConfig");
    private static final List<String> COMPACTION_FIELDS =
            List.of("skipOffsetFromLatest", "taskPriority", "inputSegmentSizeBytes", "tuningConfig", "granularitySpec");

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
        if (type.isTextual()) {
            String name = type.textValue();
            if (supervisorTypes().contains(name)) {
                return "supervisor";
            }
            return COMPACTION_TYPES.contains(name) ? "compactionConfig" : "task";
        }
        boolean compaction = document.has("dataSource")
                && !document.path("ioConfig").has("inputSpec")
                && TASK_FIELDS.stream().noneMatch(document::has);
        return compaction ? "compactionConfig" : "task";
    }
}
