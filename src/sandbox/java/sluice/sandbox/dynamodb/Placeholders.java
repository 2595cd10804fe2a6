package sluice.sandbox.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import sluice.platform.state.Value;

/**
 * Names and values that the expressions of a request refer to. DynamoDB refuses a request that brings empty maps, or names
 * and values that no expression uses.
 */
final class Placeholders {

    private static final String NAMES = "ExpressionAttributeNames";
    private static final String VALUES = "ExpressionAttributeValues";

    private final Map<String, String> names = new HashMap<>();
    private final Map<String, Value> values = new HashMap<>();
    private final Set<String> unused = new HashSet<>();

    /** @param request with or without the two maps */
    Placeholders(JsonNode request) {
        request.path(NAMES)
                .properties()
                .forEach(name -> names.put(name.getKey(), name.getValue().asText()));
        request.path(VALUES)
                .properties()
                .forEach(value -> values.put(value.getKey(), JsonItems.value(value.getValue())));
        if (request.has(NAMES) && names.isEmpty() || request.has(VALUES) && values.isEmpty()) {
            throw DynamoDbException.invalid("ExpressionAttributeNames and ExpressionAttributeValues must not be empty");
        }
        unused.addAll(names.keySet());
        unused.addAll(values.keySet());
    }

    /** The name of an attribute. Sluice never writes one into an expression, because of DynamoDB's reserved words. */
    String name(String token) {
        unused.remove(token);
        String name = names.get(token);
        if (name == null) {
            throw DynamoDbException.invalid(
                    "An attribute needs a placeholder of ExpressionAttributeNames, not " + token);
        }
        return name;
    }

    Value value(String token) {
        unused.remove(token);
        Value value = values.get(token);
        if (value == null) {
            throw DynamoDbException.invalid("A value needs a placeholder of ExpressionAttributeValues, not " + token);
        }
        return value;
    }

    /** A value that has to be a text. */
    String text(String token) {
        if (value(token) instanceof Value.Text text) {
            return text.text();
        }
        throw DynamoDbException.invalid("Condition parameter type does not match schema type: " + token);
    }

    void requireAllUsed() {
        if (!unused.isEmpty()) {
            throw DynamoDbException.invalid("Value provided in the request is unused in expressions: " + unused);
        }
    }
}
