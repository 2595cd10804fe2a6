package sluice.entry.cli.importer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Converts a Druid task or supervisor to a definition. To Druid, the spec that the definition generates equals the
 * original, except for what Sluice decides itself: intervals and files of each batch, subtasks, and the reporting of
 * parse errors ({@code docs/defaults.md}).
 */
public final class SpecImport {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private SpecImport() {}

    /** @param text a task or supervisor as its author wrote it, or as Druid's API returns it */
    public static ImportResult of(String text, ImportOptions options) {
        JsonNode document;
        try {
            document = JSON.readTree(text);
        } catch (JsonProcessingException malformed) {
            return refused("This is not JSON: " + malformed.getOriginalMessage());
        }
        Optional<DruidSpec> found = DruidSpec.of(document);
        if (found.isEmpty()) {
            return refused(
                    "Only a task of type index_parallel or index, or a supervisor of type kafka or kinesis, with a"
                            + " dataSchema can become a definition; the type here is " + document.path("type"));
        }
        return of(found.get(), options);
    }

    private static ImportResult of(DruidSpec given, ImportOptions options) {
        ImportNotes notes = new ImportNotes();
        DruidSpec spec = given.modern(notes);
        ObjectNode definition = JsonNodeFactory.instance.objectNode();
        definition.put("apiVersion", "sluice/v1");
        definition.set("datasource", spec.part("dataSchema").path("dataSource"));
        options.clusters().forEach(definition.withArray("/clusters")::add);
        notes.comment("/clusters", "Names of clusters in the environment, not host names");
        SchemaImport schema = new SchemaImport(spec, notes);
        definition.set("schema", schema.schema());
        if (spec.isBatch()) {
            definition.set("batch", new BatchImport(spec, schema, options, notes).batch());
        } else {
            definition.putArray("stream").add(new StreamImport(spec, notes).stream());
            StreamKeys.keepKnown(definition, spec, notes);
        }
        return new ImportResult(VariableNode.escaped(definition), notes.comments(), notes.findings());
    }

    private static ImportResult refused(String reason) {
        return new ImportResult(null, Map.of(), List.of(ImportCode.NOT_IMPORTABLE.finding("", reason, null)));
    }
}
