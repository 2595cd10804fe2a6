package sluice.core.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Finds the parts of a JSON text. Of a duplicate key, the last one counts. */
final class JsonParts {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final String text;
    private final JsonParser parser;

    private JsonParts(String text, JsonParser parser) {
        this.text = text;
        this.parser = parser;
    }

    static TextPart of(String text) throws IOException {
        try (JsonParser parser = FACTORY.createParser(text)) {
            parser.nextToken();
            return new JsonParts(text, parser).part(-1, -1);
        }
    }

    private TextPart part(int keyStart, int keyEnd) throws IOException {
        int start = start();
        JsonToken token = parser.currentToken();
        if (!token.isStructStart()) {
            int end = end();
            return TextPart.scalar(keyStart < 0 ? start : keyStart, keyEnd < 0 ? start : keyEnd, start, end);
        }
        boolean object = token == JsonToken.START_OBJECT;
        Map<String, TextPart> children = new LinkedHashMap<>();
        while (!parser.nextToken().isStructEnd()) {
            if (object) {
                String key = parser.currentName();
                int from = start();
                int to = afterQuote(from);
                parser.nextToken();
                children.remove(key);
                children.put(key, part(from, to));
            } else {
                children.put(Integer.toString(children.size()), part(-1, -1));
            }
        }
        int end = (int) parser.currentLocation().getCharOffset();
        return new TextPart(
                keyStart < 0 ? start : keyStart, keyEnd < 0 ? start : keyEnd, start, end, false, object, children);
    }

    /** The parser itself is already behind the colon when it has read a key. */
    private int afterQuote(int start) {
        int end = start + 1;
        while (text.charAt(end) != '"') {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        return end + 1;
    }

    private int start() {
        return (int) parser.currentTokenLocation().getCharOffset();
    }

    private int end() throws IOException {
        parser.finishToken();
        return (int) parser.currentLocation().getCharOffset();
    }
}
