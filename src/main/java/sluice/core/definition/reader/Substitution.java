package sluice.core.definition.reader;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sluice.core.contract.NearestWord;
import sluice.core.json.JsonPointers;
import sluice.core.json.LocatedDocument;
import sluice.core.json.SecretPlaceholders;
import sluice.core.json.Secrets;
import sluice.core.json.YamlScalars;

/**
 * Replaces variables in the texts of a document with their values. It works on the parsed document, so a value can
 * never add keys. As in a shell, {@code -default} applies if the variable is unset or empty; <code>$${</code> is a
 * literal <code>${</code>.
 *
 * <p>In place of a secret stands a {@linkplain SecretPlaceholders placeholder}, whose value whoever posts a spec puts in. A
 * secret is refused wherever it could become a row, a column or a text that is shown.
 */
final class Substitution {

    private static final Pattern REFERENCE = Pattern.compile("\\$?\\$\\{([^{}]*)(}?)");
    private static final Pattern NAME = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)(:-(.*))?", Pattern.DOTALL);

    /** As long as a definition may be. */
    private static final long MOST_EXPANDED = 1_000_000;

    /** Where a definition has credentials for what Druid reads. */
    private static final List<String> PLACES = List.of("/stream/", "/batch/inputFormat/");

    private final LocatedDocument document;
    private final Variables variables;
    private final LocatedFindings findings;
    private boolean failed;
    private long expanded;
    private int secrets;

    Substitution(LocatedDocument document, Variables variables, LocatedFindings findings) {
        this.document = document;
        this.variables = variables;
        this.findings = findings;
    }

    JsonNode resolved() {
        return resolve(document.root(), "", false);
    }

    /** @param secret whether the node stands under the key of a secret */
    private JsonNode resolve(JsonNode node, String pointer, boolean secret) {
        if (node instanceof ObjectNode object) {
            ObjectNode resolved = JsonNodeFactory.instance.objectNode();
            object.properties()
                    .forEach(property -> resolved.set(
                            property.getKey(),
                            resolve(
                                    property.getValue(),
                                    JsonPointers.child(pointer, property.getKey()),
                                    Secrets.isSecret(property.getKey(), secret))));
            return resolved;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode resolved = JsonNodeFactory.instance.arrayNode();
            array.forEach(
                    element -> resolved.add(resolve(element, JsonPointers.child(pointer, resolved.size()), secret)));
            return resolved;
        }
        if (!node.isTextual() || !node.textValue().contains("${")) {
            return node;
        }
        secrets = 0;
        String text = text(node.textValue(), pointer, secret);
        if (SecretPlaceholders.count(text) != secrets) {
            findings.error(
                    DefinitionCode.SECRET_FORGED,
                    pointer,
                    "'" + SecretPlaceholders.START + "' stands for a secret and cannot be written as a text",
                    "${NAME} with the name of a secret");
            failed = true;
        }
        if (failed) {
            findings.valueMissing(pointer);
            failed = false;
        }
        return document.plain().contains(pointer) ? YamlScalars.plain(text) : JsonNodeFactory.instance.textNode(text);
    }

    private String text(String written, String pointer, boolean secret) {
        Matcher reference = REFERENCE.matcher(written);
        StringBuilder text = new StringBuilder();
        while (reference.find()) {
            String value = reference.group().startsWith("$$")
                    ? reference.group().substring(1)
                    : value(reference.group(1), !reference.group(2).isEmpty(), pointer, secret);
            if (!hasRoomFor(value, pointer)) {
                return "";
            }
            reference.appendReplacement(text, Matcher.quoteReplacement(value));
        }
        return reference.appendTail(text).toString();
    }

    /** Says once that the values are too long together, and replaces nothing from then on. */
    private boolean hasRoomFor(String value, String pointer) {
        boolean fitted = expanded <= MOST_EXPANDED;
        expanded += value.length();
        if (fitted && expanded > MOST_EXPANDED) {
            findings.error(
                    DefinitionCode.UNREADABLE,
                    pointer,
                    "The values of the variables have more than " + MOST_EXPANDED + " characters",
                    "fewer references to long variables");
        }
        return expanded <= MOST_EXPANDED;
    }

    private String secret(String name, String pointer, boolean secret) {
        if (!secret || PLACES.stream().noneMatch(pointer::startsWith)) {
            findings.error(
                    DefinitionCode.SECRET_MISPLACED,
                    pointer,
                    name + " is a secret and would be shown here",
                    "a secret under a key such as 'password', in a stream or in batch.inputFormat");
            return failure();
        }
        secrets++;
        return SecretPlaceholders.of(name);
    }

    private String failure() {
        failed = true;
        return "";
    }

    private String value(String inside, boolean closed, String pointer, boolean secret) {
        Matcher parts = NAME.matcher(inside);
        if (!closed || !parts.matches()) {
            findings.error(
                    DefinitionCode.VARIABLE_MALFORMED,
                    pointer,
                    "'${" + inside + (closed ? "}" : "") + "' is not a variable",
                    "${NAME} or ${NAME:-default}; $${ for a literal ${");
            return failure();
        }
        String name = parts.group(1);
        if (variables.secrets().contains(name)) {
            return secret(name, pointer, secret);
        }
        if (!variables.allowed().contains(name)) {
            findings.error(
                    DefinitionCode.VARIABLE_NOT_ALLOWED,
                    pointer,
                    "The variable " + name + " is not allowed here",
                    variables.allowed().isEmpty()
                            ? "no variables: this environment allows none"
                            : "one of " + String.join(", ", variables.sorted()),
                    NearestWord.of(name, variables.sorted()));
            return failure();
        }
        String value = variables.values().getOrDefault(name, "");
        if (!value.isEmpty()) {
            return value;
        }
        if (parts.group(2) == null) {
            findings.error(
                    DefinitionCode.VARIABLE_UNSET,
                    pointer,
                    "The variable " + name + " has no value",
                    "a value in the environment, or a default: ${" + name + ":-default}");
            return failure();
        }
        return parts.group(3);
    }
}
