package sluice.platform.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;

/** Reads and writes the records that the state table stores as JSON, with the application's mapper. */
@ApplicationScoped
public class StateJson {

    private final ObjectMapper mapper;

    StateJson(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    public String write(Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException exception) {
            throw new IllegalStateException("A " + value.getClass().getSimpleName() + " has no JSON", exception);
        }
    }

    /** @throws IllegalStateException if the table holds something else, such as the record of a later version */
    public <T> T read(String json, Class<T> type) {
        try {
            return mapper.readValue(json, type);
        } catch (JsonProcessingException exception) {
            throw unreadable(type.getSimpleName(), exception);
        }
    }

    /** @throws IllegalStateException if the table holds something else */
    public <T> T read(String json, TypeReference<T> type) {
        try {
            return mapper.readValue(json, type);
        } catch (JsonProcessingException exception) {
            throw unreadable(type.getType().getTypeName(), exception);
        }
    }

    private static IllegalStateException unreadable(String type, JsonProcessingException cause) {
        return new IllegalStateException("The state table holds a " + type + " that cannot be read", cause);
    }
}
