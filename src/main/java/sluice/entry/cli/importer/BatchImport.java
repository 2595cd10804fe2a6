package sluice.entry.cli.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;

/** Converts ioConfig, tuningConfig and context of a batch task. */
final class BatchImport {

    private static final Set<String> IO =
            Set.of("type", "inputSource", "inputFormat", "appendToExisting", "dropExisting");
    /** Decided by the run, or Druid's own default. */
    private static final Map<String, String> CONTEXT = Map.of(
            "useConcurrentLocks", "",
            "taskLockType", "",
            "sluice.runId", "",
            "sluice.specHash", "",
            "forceTimeChunkLock", "true",
            "useLineageBasedSegmentAllocation", "true");

    private final DruidSpec spec;
    private final SourceImport source;
    private final SchemaImport schema;
    private final ImportNotes notes;

    BatchImport(DruidSpec spec, SchemaImport schema, ImportOptions options, ImportNotes notes) {
        this.spec = spec;
        this.schema = schema;
        this.source = new SourceImport(spec, options, notes);
        this.notes = notes;
    }

    ObjectNode batch() {
        ObjectNode ioConfig = spec.part("ioConfig");
        ObjectNode batch = JsonNodeFactory.instance.objectNode();
        source.source(schema.segmentGranularity()).ifPresent(known -> batch.set("source", known));
        inputFormat(ioConfig, batch);
        mode(ioConfig, batch);
        ioConfig.properties().stream()
                .filter(field ->
                        !IO.contains(field.getKey()) && !field.getValue().isNull())
                .forEach(field -> leftOut("ioConfig", field.getKey()));
        ObjectNode tuningConfig = spec.part("tuningConfig");
        tuningConfig.remove("type");
        JsonNode partitions = PartitionsImport.take(tuningConfig);
        JsonNode unparseable = unparseable(tuningConfig);
        ImportDefaults.strip(tuningConfig, "tuningConfig", "index_parallel");
        if (!tuningConfig.isEmpty()) {
            batch.set("tuningConfig", tuningConfig);
        }
        batch.set("partitions", partitions);
        notes.comment("/batch/partitions", "As in the spec; 'auto' would size segments by what was loaded before");
        batch.putObject("expect").set("unparseable", unparseable);
        if (unparseable.isEmpty()) {
            notes.comment(
                    "/batch/expect", "As in the spec, which accepts any number of unreadable rows; {max: 0} is safer");
        }
        context(batch);
        return batch;
    }

    private void inputFormat(ObjectNode ioConfig, ObjectNode batch) {
        if (ioConfig.get("inputFormat") instanceof ObjectNode format) {
            ImportDefaults.strip(format, "inputFormat", format.path("type").asText());
            batch.set("inputFormat", format);
        }
    }

    private void mode(ObjectNode ioConfig, ObjectNode batch) {
        boolean appends = ioConfig.path("appendToExisting").asBoolean(false);
        batch.put("mode", appends ? "append" : "replace");
        if (!appends && !ioConfig.path("dropExisting").asBoolean(false)) {
            notes.add(
                    ImportCode.DONE_OTHERWISE,
                    spec.pointer("ioConfig") + "/dropExisting",
                    "The spec keeps segments of its intervals that get no new rows; mode: replace drops them, so that a"
                            + " time chunk holds exactly the rows of its files",
                    null,
                    "/batch/mode");
        }
        if (spec.type().equals("index")) {
            notes.comment("/batch", "The spec has the type index; runs have the type index_parallel");
        }
    }

    private static JsonNode unparseable(ObjectNode tuningConfig) {
        ObjectNode bounds = JsonNodeFactory.instance.objectNode();
        JsonNode most = tuningConfig.remove("maxParseExceptions");
        JsonNode any = tuningConfig.remove("reportParseExceptions");
        if (any != null && any.asBoolean()) {
            return bounds.put("max", 0);
        }
        boolean isLimited = most != null && most.isNumber() && most.asLong() < Integer.MAX_VALUE;
        return isLimited ? bounds.put("max", most.asLong()) : bounds;
    }

    private void context(ObjectNode batch) {
        spec.context().properties().forEach(field -> {
            String usual = CONTEXT.get(field.getKey());
            boolean isKnown = usual != null
                    && (usual.isEmpty() || usual.equals(field.getValue().asText()));
            if (field.getKey().equals("priority")) {
                batch.set("priority", field.getValue());
            } else if (!isKnown && !field.getValue().isNull()) {
                notes.add(
                        ImportCode.LEFT_OUT,
                        spec.root() + "/context/" + field.getKey(),
                        "A definition has no task context except the priority; '" + field.getKey() + "' is left out",
                        null,
                        "/batch");
            }
        });
    }

    private void leftOut(String part, String name) {
        notes.add(
                ImportCode.LEFT_OUT,
                spec.pointer(part) + "/" + name,
                "A definition cannot have '" + name + "'",
                null,
                "/batch");
    }
}
