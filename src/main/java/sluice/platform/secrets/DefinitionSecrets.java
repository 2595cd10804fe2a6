package sluice.platform.secrets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import sluice.core.json.SecretPlaceholders;

/**
 * The secrets that definitions may use. A definition and everything that comes from it has a {@linkplain SecretPlaceholders
 * placeholder}. Only the client of Druid puts the value in, in the request itself, and takes it out of every answer.
 */
@ApplicationScoped
public class DefinitionSecrets {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, SecretReference> references;
    private final SecretStore store;
    private final SecretMask mask;

    /** @throws IllegalArgumentException if the setting is malformed */
    DefinitionSecrets(SecretSettings settings, SecretStore store, SecretMask mask) {
        this.references = references(settings.secrets().orElse(List.of()));
        this.store = store;
        this.mask = mask;
    }

    private static Map<String, SecretReference> references(List<String> entries) {
        Map<String, SecretReference> references = new TreeMap<>();
        for (String entry : entries) {
            int equals = entry.indexOf('=');
            String name = equals < 0 ? "" : entry.substring(0, equals).strip();
            if (!SecretPlaceholders.isName(name)) {
                throw new IllegalArgumentException("SLUICE_SECRETS: every entry must be NAME=reference, where NAME has"
                        + " upper-case letters, digits and underscores");
            }
            try {
                references.put(
                        name, SecretReference.of(entry.substring(equals + 1).strip()));
            } catch (IllegalArgumentException malformed) {
                throw new IllegalArgumentException(
                        "SLUICE_SECRETS, " + name + ": " + malformed.getMessage(), malformed);
            }
        }
        return Map.copyOf(references);
    }

    /** Returns the names that definitions may use. */
    public Set<String> names() {
        return references.keySet();
    }

    /**
     * Returns a JSON document with the values of its secrets, to be sent and forgotten.
     *
     * @throws SecretException if a secret cannot be read, is too short to be hidden, or is not configured
     */
    public String resolved(String document) {
        if (SecretPlaceholders.count(document) == 0) {
            return document;
        }
        try {
            return SecretPlaceholders.resolved(JSON.readTree(document), this::value)
                    .toString();
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException("not a JSON document", malformed);
        }
    }

    private String value(String name) {
        SecretReference reference = references.get(name);
        if (reference == null) {
            throw new SecretException("SLUICE_SECRETS has no secret " + name);
        }
        String value = store.value(reference);
        if (value.length() < SecretMask.SHORTEST) {
            throw new SecretException("the secret " + name + " (" + reference + ") has fewer than "
                    + SecretMask.SHORTEST + " characters, too few to be hidden where Druid quotes it");
        }
        mask.learn("definition secret " + name, value, SecretPlaceholders.of(name));
        return value;
    }

    /**
     * Returns a text from Druid without secrets. If a secret cannot be read, it cannot be found in the text either, so the
     * text is withheld.
     */
    public String hidden(String text) {
        return text.isBlank() ? text : unreadable().orElseGet(() -> mask.hidden(text));
    }

    /**
     * Returns a document from Druid without secrets in any of its texts, as {@link #hidden(String)} hides them.
     *
     * @param more what else is done to each text
     */
    public JsonNode hidden(JsonNode document, UnaryOperator<String> more) {
        UnaryOperator<String> hiding = unreadable()
                .<UnaryOperator<String>>map(notice -> text -> notice)
                .orElse(mask::hidden);
        return changed(document, text -> more.apply(hiding.apply(text)));
    }

    private static JsonNode changed(JsonNode node, UnaryOperator<String> hiding) {
        if (node instanceof ObjectNode object) {
            ObjectNode clean = object.objectNode();
            object.properties().forEach(field -> clean.set(field.getKey(), changed(field.getValue(), hiding)));
            return clean;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode clean = array.arrayNode(array.size());
            array.forEach(entry -> clean.add(changed(entry, hiding)));
            return clean;
        }
        return node.isTextual() ? TextNode.valueOf(hiding.apply(node.textValue())) : node;
    }

    /**
     * Returns settings as Druid has them, with placeholders in place of the current values of secrets. So they can be compared
     * with what a definition wants, and a secret that was rotated shows up as a difference.
     */
    public <T extends JsonNode> T hiddenUnderSecretKeys(T document) {
        if (references.isEmpty()) {
            return document;
        }
        // A secret that cannot be read cannot be posted either: its difference leads nowhere.
        unreadable();
        return SecretPlaceholders.mapped(document, mask::hidden);
    }

    /** Reads all secrets. Returns why that did not work, for whoever would have seen the text. */
    private Optional<String> unreadable() {
        for (String name : references.keySet()) {
            try {
                value(name);
            } catch (SecretException exception) {
                return Optional.of(
                        "(what Druid says is withheld, because it may quote a secret: " + exception.getMessage() + ")");
            }
        }
        return Optional.empty();
    }
}
