package sluice.entry.gate;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A JSON object that a caller sent, read strictly: a key that nobody reads is a mistake of the caller's. */
final class JsonBody {

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final ObjectNode object;

    private JsonBody(ObjectNode object) {
        this.object = object;
    }

    /** Reads the body; an empty one is an empty object. */
    static JsonBody of(Request request, String... keys) {
        JsonNode node;
        try {
            node = request.body().isBlank() ? STRICT.createObjectNode() : STRICT.readTree(request.body());
        } catch (JsonProcessingException exception) {
            throw ProblemException.badRequest("The body is not JSON: " + exception.getOriginalMessage());
        }
        if (!(node instanceof ObjectNode object)) {
            throw ProblemException.badRequest("The body is not a JSON object");
        }
        Set<String> unknown = new TreeSet<>();
        object.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(Set.of(keys));
        if (!unknown.isEmpty()) {
            throw ProblemException.badRequest(
                    "The body has unknown keys: " + unknown + "; known are " + String.join(", ", keys));
        }
        return new JsonBody(object);
    }

    ObjectNode node() {
        return object;
    }

    Optional<String> text(String key) {
        JsonNode value = object.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw ProblemException.badRequest("'" + key + "' is not a text");
        }
        return Optional.of(value.textValue());
    }

    String required(String key) {
        return text(key).orElseThrow(() -> ProblemException.badRequest("'" + key + "' is missing"));
    }

    boolean flag(String key) {
        JsonNode value = object.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return false;
        }
        if (!value.isBoolean()) {
            throw ProblemException.badRequest("'" + key + "' is neither true nor false");
        }
        return value.booleanValue();
    }

    /** A list, empty where the key is not there. */
    List<JsonNode> list(String key, int most) {
        JsonNode value = object.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return List.of();
        }
        if (!value.isArray() || value.size() > most) {
            throw ProblemException.badRequest("'" + key + "' is not a list of at most " + most + " entries");
        }
        List<JsonNode> entries = new ArrayList<>();
        value.forEach(entries::add);
        return List.copyOf(entries);
    }

    /** A list of texts, empty where the key is not there. */
    List<String> texts(String key, int most) {
        List<JsonNode> entries = list(key, most);
        if (!entries.stream().allMatch(JsonNode::isTextual)) {
            throw ProblemException.badRequest("'" + key + "' is not a list of texts");
        }
        return entries.stream().map(JsonNode::textValue).toList();
    }
}
