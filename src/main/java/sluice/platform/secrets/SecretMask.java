package sluice.platform.secrets;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sluice.core.json.Secrets;

/**
 * Hides secrets by their value, whatever they stand under. It knows every value that this process has read, also those that
 * were rotated since, in every {@link Spelling}.
 */
@ApplicationScoped
public class SecretMask {

    /** A shorter value would be found in half of all words. */
    public static final int SHORTEST = 6;

    private static final int MOST = 500;

    /** What is shown, by what is hidden; the longest first, because one secret can be part of another. */
    private volatile List<Hidden> hidden = List.of();

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

    private List<Hidden> spellings() {
        return shown.entrySet().stream()
                .flatMap(entry ->
                        Spelling.of(entry.getKey()).stream().map(spelling -> new Hidden(spelling, entry.getValue())))
                .sorted(Comparator.<Hidden>comparingInt(
                                entry -> entry.spelling().length())
                        .reversed())
                .toList();
    }

    /** Returns the text without the secrets. */
    public String hidden(String text) {
        String clean = text;
        for (boolean isCut : new boolean[] {false, true}) {
            for (Hidden secret : hidden) {
                clean = secret.spelling().replaced(clean, secret.show(), isCut);
            }
        }
        return clean;
    }

    /** What stands in place of a value. */
    private record Hidden(Spelling spelling, String show) {}
}
