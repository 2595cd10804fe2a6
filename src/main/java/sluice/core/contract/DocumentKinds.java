package sluice.core.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/** Determines the kind of a document from its {@code type}. */
final class DocumentKinds {
    private static final Set<String> COMPACTION_TYPES = Set.of("inline", "catalog", "reindexCascade");

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
        CompiledSchema.Choice byType = supervisor.shape().choice();
        return byType == null ? Set.of() : byType.branches().keySet();
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
