package sluice.entry.cli.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import sluice.core.contract.Finding;
import sluice.core.json.JsonPointers;
import sluice.core.json.JsonText;
import sluice.core.json.LocatedDocument;
import sluice.core.json.UnreadableTextException;

/**
 * Validates the events in a text: one CloudEvent in structured JSON mode, or an array of them (batched mode). The attributes
 * are checked first; the schema of the type then decides about {@code data}.
 *
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md">JSON format</a>
 */
public final class EventValidator {

    private final EventSchemas schemas = new EventSchemas();

    /** Returns the findings, in the order of the text; none if all events are valid. */
    public List<Finding> validate(String text) {
        List<Finding> findings = new ArrayList<>();
        LocatedDocument document;
        try {
            document = JsonText.read(
                    text,
                    (position, pointer, key) -> findings.add(
                            EventCode.NOT_JSON.at(position, pointer, "The key '" + key + "' occurs twice", null)));
        } catch (UnreadableTextException unreadable) {
            return List.of(EventCode.NOT_JSON.at(unreadable.position(), "", unreadable.getMessage(), null));
        }
        JsonNode root = document.root();
        if (root.isArray()) {
            for (int index = 0; index < root.size(); index++) {
                event(document, JsonPointers.child("", index), root.get(index), findings);
            }
        } else {
            event(document, "", root, findings);
        }
        return List.copyOf(findings);
    }

    private void event(LocatedDocument document, String pointer, JsonNode event, List<Finding> findings) {
        List<Finding> attributes =
                findings(EventCode.NOT_A_CLOUD_EVENT, schemas.cloudEvent(), document, pointer, event);
        findings.addAll(attributes);
        String type = event.path("type").asText();
        Optional<EventSchemas.DataSchema> known = schemas.data(type);
        if (known.isEmpty()) {
            if (event.path("type").isTextual()) {
                findings.add(EventCode.UNKNOWN_TYPE.at(
                        document,
                        JsonPointers.child(pointer, "type"),
                        "Sluice publishes no events of type '" + type + "'",
                        null));
            }
            return;
        }
        EventSchemas.DataSchema schema = known.get();
        JsonNode named = event.path("dataschema");
        if (named.isTextual() && !named.textValue().equals(schema.id())) {
            findings.add(EventCode.WRONG_DATA_SCHEMA.at(
                    document,
                    JsonPointers.child(pointer, "dataschema"),
                    "The schema of '" + type + "' is not '" + named.textValue() + "'",
                    schema.id()));
        }
        if (event.has("data")) {
            findings.addAll(findings(
                    EventCode.INVALID_DATA,
                    schema.schema(),
                    document,
                    JsonPointers.child(pointer, "data"),
                    event.path("data")));
        }
    }

    /** Validates the value at a pointer of the document. */
    private static List<Finding> findings(
            EventCode code, Schema schema, LocatedDocument document, String pointer, JsonNode value) {
        return schema.validate(value).stream()
                .map(error -> {
                    StringBuilder place = new StringBuilder(pointer);
                    for (int step = 0; step < error.getInstanceLocation().getNameCount(); step++) {
                        place.append('/')
                                .append(JsonPointers.escape(error.getInstanceLocation()
                                        .getElement(step)
                                        .toString()));
                    }
                    return code.at(document, place.toString(), error.getMessage(), null);
                })
                .sorted(Comparator.comparing(Finding::pointer).thenComparing(Finding::message))
                .toList();
    }
}
