package sluice.sandbox.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** JSON as AWS's services read and write it. */
public final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** @throws UncheckedIOException if the text is not JSON */
    public static JsonNode read(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException failure) {
            throw new UncheckedIOException("Not JSON: " + text, failure);
        }
    }

    /** Empty if the text is not JSON. */
    static Optional<JsonNode> tryRead(byte[] text) {
        try {
            return Optional.ofNullable(MAPPER.readTree(text));
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }
}
