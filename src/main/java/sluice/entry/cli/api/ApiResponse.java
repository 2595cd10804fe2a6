package sluice.entry.cli.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Optional;

/**
 * A successful response.
 *
 * @param etag the entity tag, with its quotes
 * @param body JSON
 */
public record ApiResponse(int status, Optional<String> etag, JsonNode body) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static ApiResponse of(int status, Optional<String> etag, String text, String from) throws ApiException {
        try {
            JsonNode body = JSON.readTree(text);
            if (body.isObject()) {
                return new ApiResponse(status, etag, body);
            }
        } catch (JsonProcessingException notJson) {
            // Reported below.
        }
        throw ApiException.unreached(
                from + " answered " + status + " without a JSON object; is this the API's address?");
    }
}
