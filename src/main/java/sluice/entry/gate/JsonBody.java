package sluice.entry.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** A request body that matches its operation's schema: {@link RequestBodies} has checked types, ranges and keys. */
final class JsonBody {

    private final ObjectNode object;

    JsonBody(ObjectNode object) {
        this.object = object;
    }

    ObjectNode node() {
        return object;
    }

    Optional<String> text(String key) {
        return Optional.ofNullable(object.path(key).textValue());
    }

    /** The text of a key that the schema requires. */
    String required(String key) {
        return text(key).orElseThrow(() -> new IllegalStateException("The schema does not require '" + key + "'"));
    }

    boolean flag(String key) {
        return object.path(key).asBoolean(false);
    }

    OptionalInt number(String key) {
        return object.path(key).isInt() ? OptionalInt.of(object.path(key).intValue()) : OptionalInt.empty();
    }

    OptionalDouble share(String key) {
        return object.path(key).isNumber() ? OptionalDouble.of(object.path(key).doubleValue()) : OptionalDouble.empty();
    }

    /** The entries of a list, none if the key is missing. */
    List<JsonNode> list(String key) {
        List<JsonNode> entries = new ArrayList<>();
        object.path(key).forEach(entries::add);
        return List.copyOf(entries);
    }

    /** The entries of a list of texts, none if the key is missing. */
    List<String> texts(String key) {
        return list(key).stream().map(JsonNode::textValue).toList();
    }
}
