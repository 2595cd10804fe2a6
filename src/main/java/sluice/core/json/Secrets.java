package sluice.core.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Hides credentials in what is shown. Definitions take credentials from variables, and Druid returns them with the
 * supervisor, above all in Kafka's consumer properties; they must not end up in a comment on a pull request.
 */
public final class Secrets {

    /** What is shown in place of a secret. */
    public static final String HIDDEN = "(hidden)";

    private static final String WORDS =
            "password|passwd|passphrase|passcode|secret|jaas|token|credential|signature|cookie"
                    + "|private.?key|api.?key|access.?key|account.?key|connection.?string|shared.?access|externalid"
                    + "|user.?info|authorization";
    /** A dot is any character, a line break too. */
    private static final Pattern NAME = Pattern.compile("(?is).*(" + WORDS + "|keystore.key|(?<![a-z])pwd).*"
            + "|(.*[./])?(http|request|custom)?.?headers([./].*)?");
    /** Names beside secrets that are not secret: Druid's password provider names its type. */
    private static final Set<String> PLAIN = Set.of("type", "variable");
    /** User and password in an address. */
    private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/\\s\"'?#]+(?=@)");
    /** A parameter in an address that logs somebody in, as JDBC and presigned addresses have them. */
    private static final Pattern PARAMETER = Pattern.compile(
            "(?i)(?<=[?&;])([^=?&;\\s\"']{0,60}(?:" + WORDS + ")[^=?&;\\s\"']{0,60}=|sig=|pwd=)[^&;\\s\"']+");

    private Secrets() {}

    /**
     * Returns true if what stands under a key is secret.
     *
     * @param inside whether the key is somewhere below the key of a secret, where everything but {@code type} and
     *     {@code variable} is
     */
    public static boolean isSecret(String key, boolean inside) {
        return !PLAIN.contains(key) && (inside || NAME.matcher(key).matches());
    }

    /** Returns a text without the users, passwords and signatures of the addresses in it. */
    public static String withoutUserInfo(String text) {
        if (!text.contains("://")) {
            return text;
        }
        String clean = USER_INFO.matcher(text).replaceAll(Matcher.quoteReplacement(HIDDEN));
        return clean.contains("=")
                ? PARAMETER.matcher(clean).replaceAll("$1" + Matcher.quoteReplacement(HIDDEN))
                : clean;
    }

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
        if (value.isValueNode()) {
            return shown(value, secret);
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
                boolean isSecret = isSecret(name, secret);
                if (object.get(name).isValueNode()) {
                    object.set(name, shown(object.get(name), isSecret));
                } else {
                    hide(object.get(name), isSecret);
                }
            }
        } else if (node instanceof ArrayNode array) {
            for (int index = 0; index < array.size(); index++) {
                if (array.get(index).isValueNode()) {
                    array.set(index, shown(array.get(index), secret));
                } else {
                    hide(array.get(index), secret);
                }
            }
        }
    }

    /** Booleans and nulls say nothing. */
    private static JsonNode shown(JsonNode value, boolean secret) {
        if (secret && (value.isTextual() || value.isNumber())) {
            return TextNode.valueOf(HIDDEN);
        }
        if (!value.isTextual()) {
            return value;
        }
        String text = withoutUserInfo(value.textValue());
        return text.equals(value.textValue()) ? value : TextNode.valueOf(text);
    }
}
