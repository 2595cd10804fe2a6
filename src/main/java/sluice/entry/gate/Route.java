package sluice.entry.gate;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One operation of the API.
 *
 * @param method HTTP method, in upper case
 * @param template path with variables such as {@code {id}}, as in the OpenAPI document
 * @param role what a caller needs: for the datasource in the path, or else for at least one. Then the handler checks which
 * @param handler answers a call, or throws a {@link ProblemException}
 */
record Route(String method, String template, Role role, Function<Request, Answer> handler) {

    private static final Pattern PLACE = Pattern.compile("\\{[^}]*}");

    /** Fills a template's variables with URL-encoded values; the inverse of {@link #match}. */
    static String path(String template, Object... values) {
        String path = template;
        for (Object value : values) {
            String encoded =
                    URLEncoder.encode(value.toString(), StandardCharsets.UTF_8).replace("+", "%20");
            path = PLACE.matcher(path).replaceFirst(Matcher.quoteReplacement(encoded));
        }
        return path;
    }

    /** Returns the values of the template's variables, or empty if the path does not match. */
    Optional<Map<String, String>> match(String path) {
        String[] wanted = template.split("/", -1);
        String[] given = path.split("/", -1);
        if (wanted.length != given.length) {
            return Optional.empty();
        }
        Map<String, String> places = new HashMap<>();
        for (int index = 0; index < wanted.length; index++) {
            if (wanted[index].startsWith("{")) {
                if (given[index].isEmpty()) {
                    return Optional.empty();
                }
                places.put(wanted[index].substring(1, wanted[index].length() - 1), decoded(given[index]));
            } else if (!wanted[index].equals(given[index])) {
                return Optional.empty();
            }
        }
        return Optional.of(Map.copyOf(places));
    }

    private static String decoded(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException exception) {
            throw ProblemException.badRequest("The path has '" + segment + "', which is not valid URL encoding");
        }
    }
}
