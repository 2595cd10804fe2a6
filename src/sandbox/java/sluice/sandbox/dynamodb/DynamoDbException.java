package sluice.sandbox.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** An error as DynamoDB answers it. All errors of a caller have status 400. */
final class DynamoDbException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final String NAMESPACE = "com.amazonaws.dynamodb.v20120810#";

    private final String type;
    private final transient ObjectNode more = JsonNodeFactory.instance.objectNode();

    /** @param type such as {@code ResourceNotFoundException} */
    DynamoDbException(String type, String message) {
        super(message);
        this.type = type;
    }

    static DynamoDbException invalid(String message) {
        return new DynamoDbException("ValidationException", message);
    }

    /** Adds a field to the body. */
    DynamoDbException with(String field, JsonNode value) {
        more.set(field, value);
        return this;
    }

    ObjectNode body() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("__type", NAMESPACE + type);
        body.put("message", getMessage());
        return body.setAll(more);
    }
}
