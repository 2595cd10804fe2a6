package sluice.core.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import sluice.core.json.JsonPointers;

/**
 * A field that Druid does not have at this place. Druid silently ignores it, so the finding must say where the field
 * belongs (a tuningConfig beside spec: apache/druid #9388) or which name was meant.
 */
final class UnknownField {
    private static final int DEEPEST = 5;

    private final PropertySchema root;
    private final JsonNode document;
    private final FindingCollector findings;

    UnknownField(PropertySchema root, JsonNode document, FindingCollector findings) {
        this.root = root;
        this.document = document;
        this.findings = findings;
    }

    void report(CompiledSchema shape, String key) {
        String near = NearestWord.of(key, shape.properties().keySet());
        if (near == null || !near.equalsIgnoreCase(key) && NearestWord.distance(near, key) > 1) {
            List<String> homes = new ArrayList<>();
            collect(root, document, "", key, 0, homes);
            if (!homes.isEmpty()) {
                findings.add(
                        ContractCode.WRONG_LEVEL,
                        findings.pointer(key),
                        "'" + key + "' does not belong here: Druid would ignore it",
                        "at " + String.join(" or ", homes),
                        "move it to " + homes.get(0),
                        shape.page());
                return;
            }
        }
        findings.add(
                ContractCode.UNKNOWN_FIELD,
                findings.pointer(key),
                "Druid has no field '" + key + "' here and would ignore it",
                near == null ? "one of " + String.join(", ", shape.names()) : null,
                near == null ? "leave it out" : "did you mean '" + near + "'?",
                shape.page());
    }

    /**
     * Collects the places in the document, present or possible, that have such a field; the shortest path comes first.
     */
    private void collect(
            PropertySchema place, JsonNode node, String pointer, String key, int depth, List<String> homes) {
        CompiledSchema shape = place.shape();
        if (shape.choice() != null) {
            PropertySchema branch = shape.choice().of(node);
            if (branch != null) {
                collect(branch, node, pointer, key, depth, homes);
            }
            return;
        }
        if (shape.properties().containsKey(key)
                && !shape.properties().get(key).answerOnly()
                && !shape.properties().get(key).deprecated()
                && !pointer.equals(findings.pointer())) {
            homes.add(pointer + '/' + JsonPointers.escape(key));
        }
        if (depth == DEEPEST) {
            return;
        }
        for (Map.Entry<String, PropertySchema> property : shape.properties().entrySet()) {
            JsonNode child = node.path(property.getKey());
            boolean looked = child.isObject()
                    || depth < 2
                            && child.isMissingNode()
                            && !property.getValue().deprecated();
            if (looked && (property.getValue().kinds() & JsonKinds.OBJECT) != 0) {
                collect(
                        property.getValue(),
                        child,
                        pointer + '/' + JsonPointers.escape(property.getKey()),
                        key,
                        depth + 1,
                        homes);
            }
        }
    }
}
