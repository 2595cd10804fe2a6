package sluice.core.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import sluice.core.json.Edit;
import sluice.core.json.JsonPointers;

/**
 * A field that Druid does not have at this place. Druid silently ignores it, so the finding must say which name was
 * meant, where the field belongs (a tuningConfig beside spec: apache/druid #9388), or what stands for it now.
 */
final class UnknownField {
    /** The first word of a property of Kafka's consumer, and at least one more. */
    private static final Pattern KAFKA_PROPERTY = Pattern.compile(
            "(allow|auto|bootstrap|check|client|config|connections"
                    + "|default|enable|exclude|fetch|group|heartbeat|interceptor|isolation|key|max|metadata|metric|metrics"
                    + "|partition|receive|reconnect|request|retry|sasl|security|send|session|socket|ssl|value)(\\.[a-z]+)+");

    private final PropertySchema root;
    private final JsonNode document;
    private final FindingCollector findings;

    UnknownField(PropertySchema root, JsonNode document, FindingCollector findings) {
        this.root = root;
        this.document = document;
        this.findings = findings;
    }

    /** @param choiceKey the field that the object's kind is chosen by; null if there is none */
    void report(CompiledSchema shape, @Nullable String choiceKey, String key, JsonNode value) {
        RemovedField removed = RemovedField.of(key, findings.parentName());
        if (removed != null) {
            removed(removed, shape, value);
            return;
        }
        JsonNode object = document.at(findings.pointer());
        List<String> names = names(shape, choiceKey, object, value);
        String near = NearestWord.of(key, names);
        boolean sure = near != null && (near.equalsIgnoreCase(key) || NearestWord.distance(near, key) == 1);
        FieldHomes search = new FieldHomes(root, document, findings.pointer());
        List<String> homes = sure || value.isNull() ? List.of() : homes(search, key, value);
        if (!homes.isEmpty()) {
            findings.add(
                    ContractCode.WRONG_LEVEL,
                    findings.pointer(key),
                    "'" + key + "' does not belong here: Druid would ignore it",
                    "at " + String.join(" or ", homes),
                    document.at(homes.get(0)).isMissingNode()
                            ? "move it to " + homes.get(0)
                            : "leave it out: " + homes.get(0) + " is set",
                    shape.page());
            if (!search.needsType(homes.get(0))) {
                moved(homes, key, value);
            }
        } else if (value.isNull() || near == null && isEmpty(value)) {
            findings.add(
                    ContractCode.EMPTY_AND_UNKNOWN,
                    findings.pointer(key),
                    "Druid has no field '" + key + "' here, and its value is " + value,
                    null,
                    "leave it out",
                    shape.page());
            findings.repair(
                    ContractCode.EMPTY_AND_UNKNOWN, findings.pointer(key), new Edit.Remove(findings.pointer(key)));
        } else {
            findings.add(
                    ContractCode.UNKNOWN_FIELD,
                    findings.pointer(key),
                    "Druid has no field '" + key + "' here and would ignore it",
                    near == null ? "one of " + String.join(", ", shape.names()) : null,
                    near == null ? "leave it out" : "did you mean '" + near + "'?",
                    shape.page());
            renamed(key, names);
        }
    }

    /** Kafka's properties have no schema: only their names tell where they belong. */
    private List<String> homes(FieldHomes search, String key, JsonNode value) {
        if (value.isValueNode()
                && document.path("type").asText().equals("kafka")
                && KAFKA_PROPERTY.matcher(key).matches()) {
            String parts = document.path("spec").isObject() ? "/spec" : "";
            return List.of(parts + "/ioConfig/consumerProperties/" + key);
        }
        return search.of(key, value);
    }

    /** Returns the names that the field may have been meant as: those that are free and take the value, if there are any. */
    private static List<String> names(
            CompiledSchema shape, @Nullable String choiceKey, JsonNode object, JsonNode value) {
        List<String> names = new ArrayList<>();
        shape.properties().forEach((name, home) -> {
            if (!object.has(name) && (FieldHomes.takes(home, value) || reads(home, value))) {
                names.add(name);
            }
        });
        if (choiceKey != null && !object.has(choiceKey) && value.isTextual() && !names.contains(choiceKey)) {
            names.add(choiceKey);
        }
        return names.isEmpty() ? shape.names() : names;
    }

    /** Mends the name if only one is near. */
    private void renamed(String key, List<String> names) {
        String name = NearestWord.certain(key, names);
        if (name != null && !document.at(findings.pointer()).has(name)) {
            String pointer = findings.pointer(key);
            findings.repair(ContractCode.UNKNOWN_FIELD, pointer, new Edit.Rename(pointer, name));
        }
    }

    private static boolean reads(PropertySchema home, JsonNode value) {
        return Coercion.druidReads(home.shape(), value, JsonKinds.of(value), home.kinds());
    }

    /** Mends the place if there is only one, and it is free or says the same. */
    private void moved(List<String> homes, String key, JsonNode value) {
        String pointer = findings.pointer(key);
        JsonNode there = document.at(homes.get(0));
        if (homes.size() > 1 || !there.isMissingNode() && !there.equals(value)) {
            return;
        }
        findings.repair(
                ContractCode.WRONG_LEVEL,
                pointer,
                there.isMissingNode() ? new Edit.Move(pointer, homes.get(0)) : new Edit.Remove(pointer));
    }

    private static boolean isEmpty(JsonNode value) {
        return value.isTextual() ? value.textValue().isEmpty() : value.isContainerNode() && value.isEmpty();
    }

    private void removed(RemovedField removed, CompiledSchema shape, JsonNode value) {
        if (removed.loses() && !value.isNull()) {
            JsonNode parts = document.path("spec").isObject() ? document.get("spec") : document;
            String modern = removed.name().equals("firehose") && value.isObject()
                    ? LegacyForms.modernFirehose(value, parts.path("dataSchema"), parts.path("ioConfig"))
                    : removed.instead();
            findings.add(
                    ContractCode.REMOVED,
                    findings.pointer(removed.name()),
                    removed.message(),
                    removed.instead(),
                    "write instead: " + modern,
                    shape.page());
            List<Edit> edits = removed.name().equals("firehose")
                    ? LegacyEdits.firehose(document, JsonPointers.parent(findings.pointer()))
                    : List.of();
            if (!edits.isEmpty()) {
                findings.repair(ContractCode.REMOVED, findings.pointer(removed.name()), edits.toArray(Edit[]::new));
            }
        } else {
            findings.add(
                    ContractCode.REMOVED_WITHOUT_EFFECT,
                    findings.pointer(removed.name()),
                    removed.message(),
                    removed.instead(),
                    "leave it out",
                    shape.page());
            findings.repair(
                    ContractCode.REMOVED_WITHOUT_EFFECT,
                    findings.pointer(removed.name()),
                    new Edit.Remove(findings.pointer(removed.name())));
        }
    }
}
