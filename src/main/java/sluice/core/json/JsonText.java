package sluice.core.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Reads JSON with positions. Unlike in Druid, text after the document is an error and duplicate keys are reported. */
public final class JsonText {

    private static final JsonFactory FACTORY = new JsonFactory();

    private final JsonParser parser;
    private final DuplicateKeyListener duplicates;
    private final Map<String, Position> values = new HashMap<>();
    private final Map<String, Position> keys = new HashMap<>();
    private final DocumentBudget budget = new DocumentBudget();

    private JsonText(JsonParser parser, DuplicateKeyListener duplicates) {
        this.parser = parser;
        this.duplicates = duplicates;
    }

    public static LocatedDocument read(String text, DuplicateKeyListener duplicates) throws UnreadableTextException {
        try (JsonParser parser = FACTORY.createParser(text)) {
            JsonText reading = new JsonText(parser, duplicates);
            if (parser.nextToken() == null) {
                throw new UnreadableTextException("The document is empty", new Position(1, 1));
            }
            JsonNode root = reading.value("", 0);
            if (parser.nextToken() != null) {
                throw new UnreadableTextException(
                        "The document ends here, but the text continues", position(parser.currentTokenLocation()));
            }
            return new LocatedDocument(root, reading.values, reading.keys, Set.of());
        } catch (JsonProcessingException malformed) {
            JsonLocation place = malformed.getLocation();
            throw new UnreadableTextException(malformed.getOriginalMessage(), place == null ? null : position(place));
        } catch (IOException impossible) {
            throw new UncheckedIOException("A text in memory is always readable", impossible);
        }
    }

    private JsonNode value(String pointer, int depth) throws IOException, UnreadableTextException {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        Position position = position(parser.currentTokenLocation());
        budget.value(pointer, depth, position);
        values.put(pointer, position);
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(pointer, depth);
            case START_ARRAY -> array(pointer, depth);
            case VALUE_STRING -> text(position);
            case VALUE_NUMBER_INT -> YamlScalars.integer(parser.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> nodes.numberNode(parser.getDoubleValue());
            case VALUE_TRUE -> nodes.booleanNode(true);
            case VALUE_FALSE -> nodes.booleanNode(false);
            case VALUE_NULL -> nodes.nullNode();
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
                throw new UnreadableTextException("No value begins here", position);
        };
    }

    private JsonNode text(Position position) throws IOException, UnreadableTextException {
        String text = parser.getText();
        budget.text(text, position);
        return JsonNodeFactory.instance.textNode(text);
    }

    private ObjectNode object(String pointer, int depth) throws IOException, UnreadableTextException {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            Position position = position(parser.currentTokenLocation());
            budget.key(key, position);
            String child = JsonPointers.child(pointer, key);
            if (object.has(key)) {
                duplicates.found(position, child, key);
            }
            keys.put(child, position);
            parser.nextToken();
            object.set(key, value(child, depth + 1));
        }
        return object;
    }

    private ArrayNode array(String pointer, int depth) throws IOException, UnreadableTextException {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(JsonPointers.child(pointer, array.size()), depth + 1));
        }
        return array;
    }

    private static Position position(JsonLocation location) {
        return new Position(location.getLineNr(), location.getColumnNr());
    }
}
