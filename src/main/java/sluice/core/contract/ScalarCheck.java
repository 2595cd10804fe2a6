package sluice.core.contract;

import com.fasterxml.jackson.databind.JsonNode;
import sluice.core.json.Edit;

/** Checks texts and numbers against their schema, and reports values of the wrong kind. */
final class ScalarCheck {

    private final FindingCollector findings;

    ScalarCheck(FindingCollector findings) {
        this.findings = findings;
    }

    void text(CompiledSchema shape, String text) {
        if (!shape.values().isEmpty() && !shape.values().contains(text)) {
            if (Placeholders.in(text)) {
                Placeholders.report(findings.pointer(), text, findings);
                return;
            }
            String near = NearestWord.ofValue(text, shape.values());
            findings.add(
                    ContractCode.WRONG_VALUE,
                    findings.pointer(),
                    "'" + text + "' is not known here",
                    "one of " + String.join(", ", shape.values()),
                    near == null ? null : "did you mean '" + near + "'?",
                    shape.page());
            findings.repairWord(ContractCode.WRONG_VALUE, findings.pointer(), text, shape.values());
        } else if (shape.pattern() != null && !shape.pattern().matcher(text).find()
                || text.length() < shape.minLength()) {
            if (Placeholders.in(text)) {
                Placeholders.report(findings.pointer(), text, findings);
                return;
            }
            String near = shape.name().equals("granularity") ? NearestWord.ofValue(text, Granularity.names()) : null;
            findings.add(
                    ContractCode.MALFORMED_TEXT,
                    findings.pointer(),
                    "'" + text + "' cannot be read here",
                    shape.description() == null ? shape.pattern() + "" : shape.description(),
                    near == null ? null : "did you mean '" + near + "'?",
                    shape.page());
            if (near != null) {
                findings.repairWord(ContractCode.MALFORMED_TEXT, findings.pointer(), text, Granularity.names());
            }
        }
    }

    void number(CompiledSchema shape, JsonNode node) {
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

    /** Reports a value of a kind that does not stand here. */
    void wrongKind(CompiledSchema shape, int allowed, int kind, JsonNode node) {
        if (kind == JsonKinds.TEXT && Placeholders.in(node.textValue())) {
            Placeholders.report(findings.pointer(), node.textValue(), findings);
            return;
        }
        boolean coerced = Coercion.druidReads(shape, node, kind, allowed);
        JsonNode right = Coercion.rightForm(shape, node, allowed, coerced);
        ContractCode code = coerced ? ContractCode.COERCED : ContractCode.WRONG_KIND;
        String found = kind == JsonKinds.NULL ? "null" : JsonKinds.words(kind);
        findings.add(
                code,
                findings.pointer(),
                "found " + found + (node.isValueNode() && !node.isNull() ? ": " + node : ""),
                JsonKinds.words(allowed) + (shape.description() == null ? "" : ": " + shape.description()),
                right == null ? null : "write " + right,
                shape.page());
        if (right != null) {
            findings.repair(code, findings.pointer(), new Edit.Put(findings.pointer(), right));
        }
    }
}
