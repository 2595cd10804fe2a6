package sluice.core.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Hides credentials in what is shown. Definitions take credentials from variables, and Druid returns them with the
 * supervisor, above all in Kafka's consumer properties; they must not end up in a comment on a pull request.
 */
public final class Secrets {

    /** What is shown in place of a secret. */
    public static final String HIDDEN = "(hidden)";

    private static final Pattern NAME = Pattern.compile(
            "(?i).*(password|passwd|secret|jaas|token|credential|private.?key|keystore\\.key|externalid).*");
    /** Names beside secrets that are not secret: Druid's password provider names its type. */
    private static final Set<String> PLAIN = Set.of("type", "variable");

    private Secrets() {}

    /** Returns a copy that hides every value under a name such as {@code sasl.jaas.config} or {@code password}. */
    public static <T extends JsonNode> T hidden(T document) {
        T copy = document.deepCopy();
        hide(copy, false);
        return copy;
    }

    /** Returns the changes with their secrets hidden. That a secret changed remains visible. */
    public static List<Change> hidden(List<Change> changes) {
        List<Change> hidden = new ArrayList<>();
        for (Change change : changes) {
            boolean secret = NAME.matcher(change.pointer()).matches();
            hidden.add(new Change(
                    change.kind(), change.pointer(), value(change.before(), secret), value(change.after(), secret)));
        }
        return List.copyOf(hidden);
    }

    private static @Nullable JsonNode value(@Nullable JsonNode value, boolean secret) {
        if (value == null) {
            return null;
        }
        if (secret && value.isTextual()) {
            return value.textValue().equals(HIDDEN) ? value : TextNode.valueOf(HIDDEN);
        }
        JsonNode copy = value.deepCopy();
        hide(copy, secret);
        return copy;
    }

    private static void hide(JsonNode node, boolean secret) {
        if (node instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                boolean isSecret =
                        !PLAIN.contains(name) && (secret || NAME.matcher(name).matches());
                if (isSecret && object.get(name).isTextual()) {
                    object.put(name, HIDDEN);
                } else {
                    hide(object.get(name), isSecret);
                }
            }
        } else if (node.isArray()) {
            node.forEach(entry -> hide(entry, secret));
        }
    }
}
