package sluice.entry.gate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The answer of a handler.
 *
 * @param headers without the content type; with {@code etag}, {@code If-None-Match} can turn the answer into a 304
 */
record Answer(int status, String contentType, String body, Map<String, String> headers) {

    static final String JSON = "application/json";

    static Answer json(int status, JsonNode body) {
        return new Answer(status, JSON, body.toString(), Map.of());
    }

    static Answer ok(JsonNode body) {
        return json(200, body);
    }

    Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, contentType, body, Map.copyOf(more));
    }
}
