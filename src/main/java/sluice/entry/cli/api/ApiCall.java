package sluice.entry.cli.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A call to the API.
 *
 * @param method HTTP method, in upper case
 * @param path the path from {@code /v1} on, URL-encoded
 * @param query parameters, not encoded
 * @param headers by lower-case name
 * @param body null for none
 * @param isSafe whether the call changes nothing, so that it may be repeated
 */
public record ApiCall(
        String method,
        String path,
        Map<String, String> query,
        Map<String, String> headers,
        @Nullable String body,
        boolean isSafe) {

    public ApiCall {
        query = new TreeMap<>(query);
        headers = new TreeMap<>(headers);
    }

    public static ApiCall get(String path) {
        return new ApiCall("GET", path, Map.of(), Map.of(), null, true);
    }

    /** Returns a POST of JSON that changes nothing. */
    public static ApiCall ask(String path, String json) {
        return new ApiCall("POST", path, Map.of(), Map.of("content-type", "application/json"), json, true);
    }

    /** Returns a POST of JSON that changes something. */
    public static ApiCall post(String path, String json) {
        return new ApiCall("POST", path, Map.of(), Map.of("content-type", "application/json"), json, false);
    }

    public static ApiCall put(String path, String contentType, String body) {
        return new ApiCall("PUT", path, Map.of(), Map.of("content-type", contentType), body, false);
    }

    public static ApiCall delete(String path) {
        return new ApiCall("DELETE", path, Map.of(), Map.of(), null, false);
    }

    /** Returns {@code /v1/} and the encoded segments. */
    public static String path(String... segments) {
        return "/v1/" + Arrays.stream(segments).map(ApiCall::encoded).collect(Collectors.joining("/"));
    }

    /** Returns the call with another parameter; unchanged for a null value. */
    public ApiCall query(String name, @Nullable String value) {
        return new ApiCall(method, path, with(query, name, value), headers, body, isSafe);
    }

    /** Returns the call with another header; unchanged for a null value. */
    public ApiCall header(String name, @Nullable String value) {
        return new ApiCall(method, path, query, with(headers, name, value), body, isSafe);
    }

    /** Returns path and query as sent over the wire. */
    String target() {
        return query.isEmpty()
                ? path
                : path + "?"
                        + query.entrySet().stream()
                                .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                                .collect(Collectors.joining("&"));
    }

    private static Map<String, String> with(Map<String, String> map, String name, @Nullable String value) {
        if (value == null) {
            return map;
        }
        Map<String, String> more = new TreeMap<>(map);
        more.put(name, value);
        return more;
    }

    /** Encodes as RFC 3986 and AWS require: a space is {@code %20}. */
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
