package sluice.core.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A field that Druid does not have at this place. Druid silently ignores it, so the finding must say which name was
 * meant, where the field belongs (a tuningConfig beside spec: apache/druid #9388), or what stands for it now.
 */
final class UnknownField {
    private final PropertySchema root;
    private final JsonNode document;
    private final FindingCollector findings;

    UnknownField(PropertySchema root, JsonNode document, FindingCollector findings) {
        this.root = root;
        this.document = document;
        this.findings = findings;
    }

    void report(CompiledSchema shape, String key, JsonNode value) {
        RemovedField removed = RemovedField.of(key, findings.parentName());
        if (removed != null) {
            removed(removed, shape, value);
            return;
        }
        String near = NearestWord.of(key, shape.properties().keySet());
        boolean sure = near != null && (near.equalsIgnoreCase(key) || NearestWord.distance(near, key) == 1);
        List<String> homes =
                sure || value.isNull() ? List.of() : new FieldHomes(root, document, findings.pointer()).of(key, value);
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
        } else if (value.isNull() || near == null && isEmpty(value)) {
            findings.add(
                    ContractCode.EMPTY_AND_UNKNOWN,
                    findings.pointer(key),
                    "Druid has no field '" + key + "' here, and its value is " + value,
                    null,
                    "leave it out",
                    shape.page());
        } else {
            findings.add(
                    ContractCode.UNKNOWN_FIELD,
                    findings.pointer(key),
                    "Druid has no field '" + key + "' here and would ignore it",
                    near == null ? "one of " + String.join(", ", shape.names()) : null,
                    near == null ? "leave it out" : "did you mean '" + near + "'?",
                    shape.page());
        }
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
        } else {
            findings.add(
                    ContractCode.REMOVED_WITHOUT_EFFECT,
                    findings.pointer(removed.name()),
                    removed.message(),
                    removed.instead(),
                    "leave it out",
                    shape.page());
        }
    }
}
