package sluice.core.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sluice.core.json.Edit;

/** Reports a type that Druid does not know. */
final class UnknownType {

    private final PropertySchema root;
    private final JsonNode document;
    private final FindingCollector findings;

    UnknownType(PropertySchema root, JsonNode document, FindingCollector findings) {
        this.root = root;
        this.document = document;
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
        if (near == null && belongsElsewhere(shape, choice, name)) {
            return;
        }
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

    /** Reports a type that only one object of the document lacks, if the object that it stands in can do without one. */
    private boolean belongsElsewhere(CompiledSchema shape, CompiledSchema.Choice choice, JsonNode name) {
        List<String> homes = choice.fallback() == null
                ? List.of()
                : new FieldHomes(root, document, findings.pointer()).of(choice.key(), name);
        if (homes.size() != 1 || !document.at(homes.get(0)).isMissingNode()) {
            return false;
        }
        String pointer = findings.pointer(choice.key());
        findings.add(
                ContractCode.WRONG_LEVEL,
                pointer,
                "'" + name.asText() + "' does not belong here: Druid would ignore it",
                "at " + homes.get(0),
                "move it to " + homes.get(0),
                shape.page());
        findings.repair(ContractCode.WRONG_LEVEL, pointer, new Edit.Move(pointer, homes.get(0)));
        return true;
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
