package sluice.core.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands in documents in place of a secret, from the definition to the moment a spec is posted:
 * <code>${secret:NAME}</code>. So nothing that holds a document holds a secret.
 */
public final class SecretPlaceholders {

    /** How a placeholder begins. */
    public static final String START = "${secret:";

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{secret:([A-Z][A-Z0-9_]*)}");
    private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9_]*");

    private SecretPlaceholders() {}

    /** Returns true if a secret can have this name: upper-case letters, digits and underscores, a letter first. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    public static String of(String name) {
        return START + name + "}";
    }

    /** Returns how many placeholders begin in a text. */
    public static int count(String text) {
        int count = 0;
        for (int at = text.indexOf(START); at >= 0; at = text.indexOf(START, at + START.length())) {
            count++;
        }
        return count;
    }

    /**
     * Replaces the placeholders of a document under keys such as {@code password}; see {@link Secrets#isSecret}. A placeholder
     * anywhere else stays: it did not come from a definition, and a secret there would be shown.
     *
     * @param valueOf the value of a secret by its name
     * @return a copy
     */
    public static <T extends JsonNode> T resolved(T document, UnaryOperator<String> valueOf) {
        return mapped(document, text -> PLACEHOLDER
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(valueOf.apply(found.group(1)))));
    }

    /**
     * Changes the texts of a document under keys of secrets.
     *
     * @return a copy
     */
    public static <T extends JsonNode> T mapped(T document, UnaryOperator<String> change) {
        T copy = document.deepCopy();
        map(copy, false, change);
        return copy;
    }

    private static void map(JsonNode node, boolean secret, UnaryOperator<String> change) {
        if (node instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                boolean isSecret = Secrets.isSecret(name, secret);
                JsonNode value = object.get(name);
                if (isSecret && value.isTextual()) {
                    object.set(name, TextNode.valueOf(change.apply(value.textValue())));
                } else {
                    map(value, isSecret, change);
                }
            }
        } else if (node instanceof ArrayNode array) {
            for (int index = 0; index < array.size(); index++) {
                JsonNode value = array.get(index);
                if (secret && value.isTextual()) {
                    array.set(index, TextNode.valueOf(change.apply(value.textValue())));
                } else {
                    map(value, secret, change);
                }
            }
        }
    }
}
