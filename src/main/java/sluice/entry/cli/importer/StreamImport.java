package sluice.entry.cli.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import sluice.core.json.Secrets;

/** Converts ioConfig, tuningConfig and context of a supervisor; the definition keeps Druid's own words. */
final class StreamImport {

    /** Fields that Druid adds to a Kafka supervisor's ioConfig in its responses. */
    private static final List<String> DERIVED_FOR_KAFKA = List.of("stream", "useEarliestSequenceNumber");

    private final DruidSpec spec;
    private final ImportNotes notes;

    StreamImport(DruidSpec spec, ImportNotes notes) {
        this.spec = spec;
        this.notes = notes;
    }

    ObjectNode stream() {
        ObjectNode stream = JsonNodeFactory.instance.objectNode().put("type", spec.type());
        ObjectNode ioConfig = spec.part("ioConfig");
        ioConfig.remove("type");
        if (spec.type().equals("kafka")) {
            ioConfig.remove(DERIVED_FOR_KAFKA);
        }
        ImportDefaults.strip(ioConfig, "ioConfig", spec.type());
        earliest(ioConfig);
        if (ioConfig.get("consumerProperties") instanceof ObjectNode properties) {
            secrets(properties);
        }
        if (ioConfig.get("inputFormat") instanceof ObjectNode format) {
            ImportDefaults.strip(format, "inputFormat", format.path("type").asText());
        }
        stream.setAll(ioConfig);
        ObjectNode tuningConfig = spec.part("tuningConfig");
        tuningConfig.remove("type");
        ImportDefaults.strip(tuningConfig, "tuningConfig", spec.type());
        if (!tuningConfig.isEmpty()) {
            stream.set("tuningConfig", tuningConfig);
        }
        context();
        return stream;
    }

    /** By default, Druid begins with the latest message and Sluice with the earliest. */
    private void earliest(ObjectNode ioConfig) {
        String field = spec.type().equals("kafka") ? "useEarliestOffset" : "useEarliestSequenceNumber";
        if (!ioConfig.path(field).asBoolean(false)) {
            ioConfig.put(field, false);
            notes.comment(
                    "/stream",
                    "As in the spec, a new supervisor begins with the latest message and skips existing ones");
        }
    }

    private void secrets(ObjectNode properties) {
        List<String> names = new ArrayList<>();
        properties.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            JsonNode value = properties.get(name);
            if (value.isTextual() && Secrets.isSecret(name, false)) {
                String variable = name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
                properties.set(name, new VariableNode(variable).node());
                notes.add(
                        ImportCode.SECRET,
                        spec.pointer("ioConfig") + "/consumerProperties/" + name,
                        "The spec contains a secret; the definition has ${" + variable + "} instead",
                        "put the secret into Secrets Manager or SSM, and list " + variable
                                + " with its reference in SLUICE_SECRETS",
                        "/stream/0/consumerProperties");
            }
        }
    }

    private void context() {
        if (spec.isSuspended()) {
            notes.add(
                    ImportCode.LEFT_OUT,
                    spec.root() + "/suspended",
                    "The supervisor is suspended, but a definition's streams run",
                    null,
                    "/stream");
        }
        spec.context().properties().stream()
                .filter(field -> !field.getKey().equals("useConcurrentLocks")
                        && !field.getValue().isNull())
                .forEach(field -> notes.add(
                        ImportCode.LEFT_OUT,
                        spec.root() + "/context/" + field.getKey(),
                        "A definition's stream has no context; '" + field.getKey() + "' is left out",
                        null,
                        "/stream"));
    }
}
