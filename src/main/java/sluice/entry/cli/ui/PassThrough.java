package sluice.entry.cli.ui;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import sluice.entry.cli.api.ApiCall;
import sluice.entry.cli.api.ApiClient;
import sluice.entry.cli.api.ApiException;
import sluice.entry.cli.api.RawResponse;

/** Passes a call of the page on to the API, authorized like every call of the command line. */
final class PassThrough {

    /** Segments of unreserved or encoded characters; without {@code .} and {@code ..}, which clients resolve. */
    private static final Pattern PATH =
            Pattern.compile("/v1(/(?!\\.{1,2}(/|$))([A-Za-z0-9_.~-]|%(?!2[EeFf])[0-9A-F]{2})+)+");

    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "DELETE");
    /** Whatever else the browser sends, such as cookies, is not for the API. */
    private static final Set<String> HEADERS =
            Set.of("accept", "content-type", "idempotency-key", "if-match", "if-none-match");

    private static final Set<String> ANSWERED = Set.of("content-type", "etag", "location");

    private final ApiClient api;

    PassThrough(ApiClient api) {
        this.api = api;
    }

    /**
     * Passes a call on.
     *
     * @param query as sent; null without one
     * @param headers by lower-case name
     */
    Reply pass(String method, String path, @Nullable String query, Map<String, String> headers, String body) {
        if (!METHODS.contains(method)) {
            return Reply.problem(405, "Method not allowed", "The page does not pass " + method + " on")
                    .with("allow", String.join(", ", METHODS));
        }
        if (!PATH.matcher(path).matches()) {
            return Reply.problem(404, "Not found", "This is no path of the API");
        }
        Map<String, String> passed = new TreeMap<>(headers);
        passed.keySet().retainAll(HEADERS);
        boolean isSafe = method.equals("GET");
        try {
            ApiCall call = new ApiCall(
                    method, path, parameters(query), passed, isSafe || body.isEmpty() ? null : body, isSafe);
            return reply(api.pass(call));
        } catch (IllegalArgumentException malformed) {
            return Reply.problem(400, "Bad request", String.valueOf(malformed.getMessage()));
        } catch (ApiException unreached) {
            return Reply.problem(502, "The API was not reached", String.valueOf(unreached.getMessage()));
        }
    }

    private static Reply reply(RawResponse response) {
        Map<String, String> headers = new TreeMap<>(response.headers());
        headers.keySet().retainAll(ANSWERED);
        return new Reply(response.status(), headers, response.body());
    }

    private static Map<String, String> parameters(@Nullable String query) {
        Map<String, String> parameters = new TreeMap<>();
        if (query == null || query.isEmpty()) {
            return parameters;
        }
        for (String parameter : query.split("&")) {
            String[] pair = parameter.split("=", 2);
            String name = URLDecoder.decode(pair[0], StandardCharsets.UTF_8);
            String value = pair.length == 1 ? "" : URLDecoder.decode(pair[1], StandardCharsets.UTF_8);
            if (parameters.put(name, value) != null) {
                throw new IllegalArgumentException("The parameter '" + name + "' is given twice");
            }
        }
        return parameters;
    }
}
