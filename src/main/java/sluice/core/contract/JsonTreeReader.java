package sluice.core.contract;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a tree like Jackson, where the last value of a duplicate key wins, and records the duplicate keys. A document is
 * refused if the JSON Pointers of its values are long beyond reason: each finding needs one.
 */
final class JsonTreeReader {
    private static final JsonNodeFactory JSON = JsonNodeFactory.withExactBigDecimals(true);

    private static final long LONGEST_SCALE = 400;
    private static final int MOST_DUPLICATES = 1_000;
    private static final long MOST_POINTER_CHARACTERS = 64_000_000;

    private final JsonParser parser;
    private final List<Duplicate> duplicates = new ArrayList<>(0);
    private long pointerCharacters;

    record Duplicate(String pointer, JsonLocation location) {}

    JsonTreeReader(JsonParser parser) {
        this.parser = parser;
    }

    JsonNode read() throws IOException {
        parser.nextToken();
        return value(0);
    }

    List<Duplicate> duplicates() {
        return duplicates;
    }

    /** @param pointer characters of the value's JSON Pointer, roughly */
    private JsonNode value(int pointer) throws IOException {
        pointerCharacters += pointer;
        if (pointerCharacters > MOST_POINTER_CHARACTERS) {
            throw new StreamConstraintsException("too many values below long names", parser.currentTokenLocation());
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(pointer);
            case START_ARRAY -> list(pointer);
            case VALUE_STRING -> JSON.textNode(parser.getText());
            case VALUE_NUMBER_INT -> integer();
            case VALUE_NUMBER_FLOAT -> fraction();
            case VALUE_TRUE -> JSON.booleanNode(true);
            case VALUE_FALSE -> JSON.booleanNode(false);
            case VALUE_NULL -> JSON.nullNode();
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
                throw new IllegalStateException("no value: " + parser.currentToken());
        };
    }

    private JsonNode integer() throws IOException {
        return switch (parser.getNumberType()) {
            case INT -> JSON.numberNode(parser.getIntValue());
            case LONG -> JSON.numberNode(parser.getLongValue());
            case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> JSON.numberNode(parser.getBigIntegerValue());
        };
    }

    /** A number with a huge exponent would need as many digits once a rule asks for a whole number. */
    private JsonNode fraction() throws IOException {
        if (parser.isNaN()) {
            return JSON.textNode(parser.getText()); // Of a text that is mended: JSON has no such number.
        }
        BigDecimal number = parser.getDecimalValue();
        return Math.abs((long) number.scale()) > LONGEST_SCALE
                ? JSON.numberNode(number.doubleValue())
                : JSON.numberNode(number);
    }

    private ObjectNode object(int pointer) throws IOException {
        ObjectNode object = JSON.objectNode();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            if (object.has(key) && duplicates.size() < MOST_DUPLICATES) {
                duplicates.add(new Duplicate(
                        parser.getParsingContext().pathAsPointer().toString(), parser.currentTokenLocation()));
            }
            parser.nextToken();
            object.set(key, value(pointer + 1 + key.length()));
        }
        return object;
    }

    private ArrayNode list(int pointer) throws IOException {
        ArrayNode list = JSON.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(value(pointer + 2));
        }
        return list;
    }
}
