package sluice.platform.secrets;

import com.fasterxml.jackson.databind.node.TextNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sluice.core.json.Secrets;

/**
 * Hides secrets by their value, whatever they stand under. It knows every value that this process has read, also those that
 * were rotated since, as they are and as they look inside JSON, in an address and in base64.
 */
@ApplicationScoped
public class SecretMask {

    /** A shorter value would be found in half of all words. */
    public static final int SHORTEST = 6;

    private static final int MOST = 500;

    /** What is shown, by what is hidden; the longest first, because one secret can be part of another. */
    private volatile List<Map.Entry<String, String>> hidden = List.of();

    private final Map<String, String> current = new LinkedHashMap<>();
    private final Map<String, String> shown = new LinkedHashMap<>();

    /**
     * Hides a value from now on.
     *
     * @param owner who uses it; a later value of the same owner makes this one an old one, shown as {@link Secrets#HIDDEN}
     * @param value the secret; one of fewer than {@value #SHORTEST} characters is not hidden
     * @param show what stands in its place
     */
    public synchronized void learn(String owner, String value, String show) {
        if (value.length() < SHORTEST || value.equals(current.get(owner)) && show.equals(shown.get(value))) {
            return;
        }
        String before = current.put(owner, value);
        if (before != null && !current.containsValue(before)) {
            shown.put(before, Secrets.HIDDEN);
        }
        shown.put(value, show);
        if (shown.size() > MOST) {
            shown.remove(shown.keySet().iterator().next());
        }
        hidden = spellings();
    }

    private List<Map.Entry<String, String>> spellings() {
        Map<String, String> all = new LinkedHashMap<>();
        shown.forEach((value, show) -> {
            all.put(value, show);
            all.put(inJson(value), show);
            // A document inside a document.
            all.put(inJson(inJson(value)), show);
            all.put(URLEncoder.encode(value, StandardCharsets.UTF_8), show);
            all.put(Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)), show);
        });
        return all.entrySet().stream()
                .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
                .sorted(Comparator.<Map.Entry<String, String>>comparingInt(
                                entry -> entry.getKey().length())
                        .reversed())
                .toList();
    }

    private static String inJson(String value) {
        String json = TextNode.valueOf(value).toString();
        return json.substring(1, json.length() - 1);
    }

    /** Returns the text without the secrets. */
    public String hidden(String text) {
        String clean = text;
        for (Map.Entry<String, String> secret : hidden) {
            clean = clean.replace(secret.getKey(), secret.getValue());
        }
        return clean;
    }
}
