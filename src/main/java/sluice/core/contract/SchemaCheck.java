package sluice.core.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks a document against its schema. One instance per document. */
final class SchemaCheck {
    private final PropertySchema root;
    private final JsonNode document;
    private final @Nullable Set<String> extensions;
    private final FindingCollector findings;

    /** @param extensions the extensions that the cluster loads; null if unknown */
    SchemaCheck(PropertySchema root, JsonNode document, @Nullable Set<String> extensions, FindingCollector findings) {
        this.root = root;
        this.document = document;
        this.extensions = extensions;
        this.findings = findings;
    }

    void run() {
        check(root, document);
    }

    private void check(PropertySchema place, JsonNode node) {
        CompiledSchema shape = place.shape();
        int allowed = place.kinds();
        int kind = JsonKinds.of(node);
        if ((allowed & kind) == 0) {
            wrongKind(shape, allowed, kind, node);
            return;
        }
        value(shape, kind, node);
        if (place.narrower() != null && kind != JsonKinds.OBJECT) {
            value(place.narrower(), kind, node);
        }
    }

    private void value(CompiledSchema shape, int kind, JsonNode node) {
        switch (kind) {
            case JsonKinds.OBJECT -> object(shape, node);
            case JsonKinds.ARRAY -> list(shape, node);
            case JsonKinds.TEXT -> text(shape, node.textValue());
            case JsonKinds.INTEGER, JsonKinds.FRACTION -> number(shape, node);
            default -> {}
        }
    }

    private void object(CompiledSchema shape, JsonNode node) {
        CompiledSchema.Choice choice = shape.choice();
        if (choice != null) {
            PropertySchema branch = choice.of(node);
            if (branch == null) {
                noBranch(shape, choice, node);
            } else {
                needExtension(branch.shape());
                check(branch, node);
            }
            return;
        }
        if (shape.properties().isEmpty() && shape.required().isEmpty() && shape.additional() != null) {
            entries(shape.additional(), node);
            return;
        }
        Map<String, PropertySchema> properties = shape.properties();
        int missing = shape.required().size();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            String key = entry.getKey();
            PropertySchema place = properties.get(key);
            if (place == null) {
                if (shape.additional() == null) {
                    new UnknownField(root, document, findings).report(shape, key);
                }
                continue;
            }
            if (place.deprecated() && !entry.getValue().isNull()) {
                findings.add(
                        ContractCode.DEPRECATED,
                        findings.pointer(key),
                        "'" + key + "' is deprecated",
                        place.description(),
                        null,
                        shape.page());
            }
            if (place.answerOnly()) {
                findings.add(
                        ContractCode.ANSWER_ONLY,
                        findings.pointer(key),
                        "Druid returns '" + key + "' in responses and ignores it here",
                        place.description(),
                        "leave it out",
                        shape.page());
                continue;
            }
            findings.enter(key);
            check(place, entry.getValue());
            findings.leave();
            if (missing > 0 && shape.required().contains(key)) {
                missing--;
            }
        }
        if (missing > 0) {
            missing(shape, node);
        }
    }

    private void entries(PropertySchema place, JsonNode node) {
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            findings.enter(entry.getKey());
            check(place, entry.getValue());
            findings.leave();
        }
    }

    private void missing(CompiledSchema shape, JsonNode node) {
        for (String key : shape.required()) {
            if (!node.has(key)) {
                PropertySchema place = shape.properties().get(key);
                findings.add(
                        ContractCode.MISSING_FIELD,
                        findings.pointer(),
                        "'" + key + "' is missing",
                        place == null ? null : expectation(place),
                        null,
                        shape.page());
            }
        }
    }

    private static String expectation(PropertySchema place) {
        return place.description() != null ? place.description() : JsonKinds.words(place.kinds());
    }

    private void needExtension(CompiledSchema shape) {
        if (extensions != null && shape.extension() != null && !extensions.contains(shape.extension())) {
            findings.add(
                    ContractCode.NOT_LOADED,
                    findings.pointer(),
                    "the cluster does not load " + shape.extension(),
                    "a type of a loaded extension",
                    "add " + shape.extension() + " to druid.extensions.loadList",
                    shape.page());
        }
    }

    private void noBranch(CompiledSchema shape, CompiledSchema.Choice choice, JsonNode node) {
        JsonNode name = node.get(choice.key());
        String expected = "one of " + String.join(", ", choice.branches().keySet());
        if (name == null || name.isNull()) {
            findings.add(
                    ContractCode.MISSING_FIELD,
                    findings.pointer(),
                    "'" + choice.key() + "' is missing",
                    expected,
                    null,
                    shape.page());
            return;
        }
        String near = NearestWord.of(name.asText(), choice.branches().keySet());
        String instead = choice.fallback() == null ? "" : "; Druid would silently use its default";
        findings.add(
                ContractCode.UNKNOWN_TYPE,
                findings.pointer(choice.key()),
                "no " + shape.name() + " is named '" + name.asText() + "'" + instead,
                expected,
                near == null ? null : "did you mean '" + near + "'?",
                shape.page());
    }

    private void list(CompiledSchema shape, JsonNode node) {
        if (node.size() < shape.minItems()) {
            findings.add(
                    ContractCode.TOO_FEW,
                    findings.pointer(),
                    "the list has " + node.size() + " entries",
                    "at least " + shape.minItems(),
                    null,
                    shape.page());
        }
        if (shape.items() == null) {
            return;
        }
        for (int index = 0; index < node.size(); index++) {
            findings.enter(index);
            check(shape.items(), node.get(index));
            findings.leave();
        }
    }

    private void text(CompiledSchema shape, String text) {
        if (!shape.values().isEmpty() && !shape.values().contains(text)) {
            String near = NearestWord.of(text, shape.values());
            findings.add(
                    ContractCode.WRONG_VALUE,
                    findings.pointer(),
                    "'" + text + "' is not known here",
                    "one of " + String.join(", ", shape.values()),
                    near == null ? null : "did you mean '" + near + "'?",
                    shape.page());
        } else if (shape.pattern() != null && !shape.pattern().matcher(text).find()
                || text.length() < shape.minLength()) {
            findings.add(
                    ContractCode.MALFORMED_TEXT,
                    findings.pointer(),
                    "'" + text + "' cannot be read here",
                    shape.description() == null ? shape.pattern() + "" : shape.description(),
                    null,
                    shape.page());
        }
    }

    private void number(CompiledSchema shape, JsonNode node) {
        double value = node.doubleValue();
        String bound = null;
        if (shape.minimum() != null && value < shape.minimum()) {
            bound = "at least " + plain(shape.minimum());
        } else if (shape.exclusiveMinimum() != null && value <= shape.exclusiveMinimum()) {
            bound = "more than " + plain(shape.exclusiveMinimum());
        } else if (shape.maximum() != null && value > shape.maximum()) {
            bound = "at most " + plain(shape.maximum());
        }
        if (bound != null) {
            findings.add(
                    ContractCode.OUT_OF_RANGE,
                    findings.pointer(),
                    node.asText() + " is out of range",
                    bound,
                    null,
                    shape.page());
        }
    }

    private static String plain(double bound) {
        return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
    }

    private void wrongKind(CompiledSchema shape, int allowed, int kind, JsonNode node) {
        boolean coerced = Coercion.druidReads(shape, node, kind, allowed);
        String found = kind == JsonKinds.NULL ? "null" : JsonKinds.words(kind);
        findings.add(
                coerced ? ContractCode.COERCED : ContractCode.WRONG_KIND,
                findings.pointer(),
                "found " + found + (node.isValueNode() && !node.isNull() ? ": " + node : ""),
                JsonKinds.words(allowed) + (shape.description() == null ? "" : ": " + shape.description()),
                coerced ? Coercion.rightForm(node, allowed) : null,
                shape.page());
    }
}
