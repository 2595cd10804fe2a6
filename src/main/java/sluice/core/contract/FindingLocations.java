package sluice.core.contract;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds lines and columns to findings by reading the text once more. Only documents with findings pay for it. */
final class FindingLocations {
    private FindingLocations() {}

    /** Returns the findings with line and column of the place that each points to: of its key, if it has one. */
    static List<Finding> in(String text, List<Finding> findings) {
        if (findings.isEmpty()) {
            return findings;
        }
        Map<String, @Nullable JsonLocation> wanted = new HashMap<>();
        findings.forEach(finding -> wanted.put(finding.pointer(), null));
        try (JsonParser parser = TextCheck.LENIENT.createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY) {
                    if (parser.getParsingContext().inRoot()) {
                        break;
                    }
                    continue;
                }
                String pointer = pointer(parser, token);
                JsonLocation place = parser.currentTokenLocation();
                // The first token of a pointer is its key, if it has one. Of a duplicate key, the last one counts.
                boolean first = wanted.containsKey(pointer) && wanted.get(pointer) == null;
                if (first || token == JsonToken.FIELD_NAME && wanted.containsKey(pointer)) {
                    wanted.put(pointer, place);
                }
                if (token.isScalarValue() && parser.getParsingContext().inRoot()) {
                    break; // What follows is no part of the document.
                }
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // the text was parsed before
        }
        return findings.stream()
                .map(finding -> at(finding, wanted.get(finding.pointer())))
                .toList();
    }

    private static String pointer(JsonParser parser, JsonToken token) {
        boolean opens = token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY;
        var context = opens ? parser.getParsingContext().getParent() : parser.getParsingContext();
        return context == null ? "" : context.pathAsPointer().toString();
    }

    private static Finding at(Finding finding, @Nullable JsonLocation place) {
        return place == null
                ? finding
                : new Finding(
                        finding.code(),
                        finding.severity(),
                        finding.pointer(),
                        place.getLineNr(),
                        place.getColumnNr(),
                        finding.message(),
                        finding.expected(),
                        finding.suggestion(),
                        finding.url());
    }
}
