package sluice.core.contract;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import sluice.core.json.Edit;

/** Reports a type that Druid does not know. */
final class UnknownType {

    private final FindingCollector findings;

    UnknownType(FindingCollector findings) {
        this.findings = findings;
    }

    /** @param name what stands under the choice's key */
    void report(CompiledSchema shape, CompiledSchema.Choice choice, JsonNode name) {
        JsonNode only = name.size() == 1 && name.isArray() ? name.get(0) : null;
        if (only != null && choice.branches().containsKey(only.asText())) {
            findings.add(
                    ContractCode.WRONG_KIND,
                    findings.pointer(choice.key()),
                    "found a list with one name",
                    "the name alone",
                    "write " + only,
                    shape.page());
            findings.repair(
                    ContractCode.WRONG_KIND,
                    findings.pointer(choice.key()),
                    new Edit.Put(findings.pointer(choice.key()), only));
            return;
        }
        if (Placeholders.in(name.asText())) {
            Placeholders.report(findings.pointer(choice.key()), name.asText(), findings);
            return;
        }
        RemovedType removed = RemovedType.of(shape.name(), name.asText());
        if (removed != null) {
            findings.add(
                    ContractCode.REMOVED,
                    findings.pointer(choice.key()),
                    "Druid " + removed.since() + " removed the type '" + name.asText() + "'",
                    removed.instead(),
                    "write instead: " + removed.instead(),
                    shape.page());
            return;
        }
        String near = NearestWord.ofValue(name.asText(), choice.branches().keySet());
        String instead = choice.fallback() == null ? "" : "; Druid would silently use its default";
        findings.add(
                ContractCode.UNKNOWN_TYPE,
                findings.pointer(choice.key()),
                "no " + shape.name() + " is named '" + name.asText() + "'" + instead,
                "one of " + String.join(", ", choice.branches().keySet()),
                near == null ? declaration(shape.name(), name.asText()) : "did you mean '" + near + "'?",
                shape.page());
        findings.repairWord(
                ContractCode.UNKNOWN_TYPE,
                findings.pointer(choice.key()),
                name.asText(),
                choice.branches().keySet());
    }

    /** Returns how to declare the type, in case it belongs to an extension that the contract does not know. */
    private static @Nullable String declaration(String definition, String type) {
        String kind = ExtensionTypes.kindOf(definition);
        return kind == null
                ? null
                : "if an extension of your own has it, declare it: lint --extension FILE, with '" + kind + ": " + type
                        + "' in FILE";
    }
}
