package sluice.core.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sluice.core.json.Edit;
import sluice.core.json.JsonPointers;

/** Checks a document against its schema. One instance per document. */
final class SchemaCheck {
    private final PropertySchema root;
    private final JsonNode document;
    private final Setting setting;
    private final FindingCollector findings;
    private final ScalarCheck scalars;

    /**
     * What the check depends on beside the document.
     *
     * @param druid Druid's major version
     * @param parser the schema of {@code dataSchema.parser}
     * @param extensions the extensions that the cluster loads; null if unknown
     */
    record Setting(String druid, PropertySchema parser, @Nullable Set<String> extensions) {
        /** Returns true if this Druid no longer reads a parser. */
        boolean hasNoParser() {
            return Integer.parseInt(druid) >= 37;
        }
    }

    SchemaCheck(PropertySchema root, JsonNode document, Setting setting, FindingCollector findings) {
        this.root = root;
        this.document = document;
        this.setting = setting;
        this.findings = findings;
        this.scalars = new ScalarCheck(findings);
    }

    void run() {
        check(root, document);
    }

    private void check(PropertySchema place, JsonNode node) {
        CompiledSchema shape = place.shape();
        int allowed = place.kinds();
        int kind = JsonKinds.of(node);
        if ((allowed & kind) == 0) {
            scalars.wrongKind(shape, allowed, kind, node);
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
            case JsonKinds.TEXT -> scalars.text(shape, node.textValue());
            case JsonKinds.INTEGER, JsonKinds.FRACTION -> scalars.number(shape, node);
            default -> {}
        }
    }

    private void object(CompiledSchema shape, JsonNode node) {
        CompiledSchema.Choice choice = shape.choice();
        if (choice != null) {
            boolean turned = findings.parentName().equals("dimensions") && DimensionRules.turnedAround(node) != null;
            if (turned) {
                return; // DimensionRules reports it
            }
            PropertySchema branch = meant(choice, node);
            if (branch == null) {
                noBranch(shape, choice, node);
            } else {
                needExtension(branch.shape());
                chosen(choice.key(), branch, node);
            }
            return;
        }
        fields(shape, null, node);
    }

    /** Returns the branch that the type name chooses, also if the name is under a misspelt key. */
    private static @Nullable PropertySchema meant(CompiledSchema.Choice choice, JsonNode node) {
        String misspelt = node.has(choice.key()) ? null : misspelt(node, choice.key());
        PropertySchema branch = misspelt == null
                ? null
                : choice.branches().get(node.get(misspelt).asText());
        boolean ownField = branch != null && branch.shape().properties().containsKey(misspelt);
        return branch == null || ownField ? choice.of(node) : branch;
    }

    /** Checks an object of the kind that its {@code key} has chosen. */
    private void chosen(String key, PropertySchema branch, JsonNode node) {
        if (branch.shape().choice() == null && (branch.kinds() & JsonKinds.OBJECT) != 0) {
            fields(branch.shape(), key, node);
        } else {
            check(branch, node);
        }
    }

    private void fields(CompiledSchema shape, @Nullable String choiceKey, JsonNode node) {
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
                    new UnknownField(root, document, findings).report(shape, choiceKey, key, entry.getValue());
                }
                continue;
            }
            if (isParser(shape, key) && entry.getValue().isObject()) {
                parser(shape, entry.getValue());
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
                findings.repair(
                        ContractCode.ANSWER_ONLY, findings.pointer(key), new Edit.Remove(findings.pointer(key)));
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

    private static boolean isParser(CompiledSchema shape, String key) {
        return key.equals(SchemaFiles.PARSER) && shape.name().equals("DataSchema");
    }

    /** Checks what the parser maps to, and says how to write it today. */
    private void parser(CompiledSchema shape, JsonNode parser) {
        boolean gone = setting.hasNoParser();
        findings.add(
                gone ? ContractCode.REMOVED : ContractCode.DEPRECATED,
                findings.pointer(SchemaFiles.PARSER),
                gone ? "Druid 37 removed 'parser', and refuses it" : "'parser' is deprecated, and Druid 37 refuses it",
                "timestampSpec and dimensionsSpec in the dataSchema, inputFormat in the ioConfig",
                "write instead: " + LegacyForms.modernParser(parser),
                shape.page());
        List<Edit> edits = LegacyEdits.parser(document, JsonPointers.parent(findings.pointer()));
        if (!edits.isEmpty()) {
            findings.repair(
                    gone ? ContractCode.REMOVED : ContractCode.DEPRECATED,
                    findings.pointer(SchemaFiles.PARSER),
                    edits.toArray(Edit[]::new));
        }
        findings.enter(SchemaFiles.PARSER);
        check(setting.parser(), parser);
        findings.leave();
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
            boolean reported = findings.has(ContractCode.MISSING_FIELD, findings.pointer()) && key.equals("type");
            if (!node.has(key) && !reported && !hasEarlierForm(key, node)) {
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

    /** Returns true if a field of an earlier Druid says the same: it has a finding of its own. */
    private static boolean hasEarlierForm(String key, JsonNode node) {
        return switch (key) {
            case "timestampSpec", "dimensionsSpec" ->
                node.path(SchemaFiles.PARSER).isObject();
            case "inputSource" -> node.path("firehose").isObject();
            default -> false;
        };
    }

    private static String expectation(PropertySchema place) {
        return place.description() != null ? place.description() : JsonKinds.words(place.kinds());
    }

    private void needExtension(CompiledSchema shape) {
        if (setting.extensions() != null
                && shape.extension() != null
                && !setting.extensions().contains(shape.extension())) {
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
            String misspelt = misspelt(node, choice.key());
            String inferred = findings.pointer().isEmpty() && misspelt == null
                    ? DocumentKinds.inferredType(node, choice.branches().keySet())
                    : null;
            if (inferred != null) {
                untyped(shape, choice, inferred, node);
                return;
            }
            findings.add(
                    ContractCode.MISSING_FIELD,
                    findings.pointer(),
                    "'" + choice.key() + "' is missing",
                    expected,
                    misspelt == null ? null : "did you mean '" + choice.key() + "' with '" + misspelt + "'?",
                    shape.page());
            if (misspelt != null && name == null) {
                findings.repair(
                        ContractCode.MISSING_FIELD,
                        findings.pointer(),
                        new Edit.Rename(findings.pointer(misspelt), choice.key()));
            }
            return;
        }
        new UnknownType(root, document, findings).report(shape, choice, name);
    }

    /** A document whose other parts tell its type: the check goes on with it. */
    private void untyped(CompiledSchema shape, CompiledSchema.Choice choice, String type, JsonNode node) {
        findings.add(
                ContractCode.MISSING_FIELD,
                "",
                "'" + choice.key() + "' is missing",
                "one of " + String.join(", ", choice.branches().keySet()),
                "write \"" + choice.key() + "\": \"" + type + "\", as the other parts have it",
                shape.page());
        PropertySchema branch = choice.branches().get(type);
        if (branch != null) {
            fields(branch.shape(), choice.key(), node);
        }
        findings.repair(
                ContractCode.MISSING_FIELD, "", new Edit.Put(findings.pointer(choice.key()), TextNode.valueOf(type)));
    }

    /** Returns the only key that nearly is the one that is missing; null if there is none. */
    private static @Nullable String misspelt(JsonNode object, String key) {
        List<String> near = new ArrayList<>();
        object.fieldNames().forEachRemaining(name -> {
            if (NearestWord.of(name, List.of(key)) != null) {
                near.add(name);
            }
        });
        return near.size() == 1 ? near.get(0) : null;
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
}
