package sluice.core.contract;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks a document as text: first the text itself, then the document, then adds lines and columns to all findings. */
final class TextCheck {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final Contract contract;

    TextCheck(Contract contract) {
        this.contract = contract;
    }

    List<Finding> check(String text) {
        if (text.isBlank()) {
            return List.of(finding(ContractCode.EMPTY_TEXT, "", null, "there is nothing to read", "a JSON document"));
        }
        List<Finding> found = new ArrayList<>();
        try (JsonParser parser = FACTORY.createParser(text)) {
            JsonTreeReader tree = new JsonTreeReader(parser);
            JsonNode document = tree.read();
            tree.duplicates()
                    .forEach(duplicate -> found.add(finding(
                            ContractCode.DUPLICATE_KEY,
                            duplicate.pointer(),
                            duplicate.location(),
                            "the key occurs twice: Druid keeps only the last value",
                            "each key once in an object")));
            found.addAll(FindingLocations.in(text, contract.check(document)));
            trailing(parser).ifPresent(found::add);
        } catch (JsonProcessingException broken) {
            found.add(finding(
                    ContractCode.NOT_JSON, "", broken.getLocation(), broken.getOriginalMessage(), "JSON (RFC 8259)"));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // the text is in memory
        }
        found.sort(Comparator.comparing(Finding::line, Comparator.nullsLast(Comparator.naturalOrder()))
                .thenComparing(Finding::column, Comparator.nullsLast(Comparator.naturalOrder())));
        return List.copyOf(found);
    }

    private static java.util.Optional<Finding> trailing(JsonParser parser) {
        String message = "the JSON document ends before this text, and Druid ignores it";
        try {
            JsonToken next = parser.nextToken();
            return next == null
                    ? java.util.Optional.empty()
                    : java.util.Optional.of(
                            finding(ContractCode.TRAILING_TEXT, "", parser.currentTokenLocation(), message, "nothing"));
        } catch (IOException garbage) {
            return java.util.Optional.of(
                    finding(ContractCode.TRAILING_TEXT, "", parser.currentLocation(), message, "nothing"));
        }
    }

    private static Finding finding(
            ContractCode code, String pointer, @Nullable JsonLocation location, String message, String expected) {
        return new Finding(
                code.id(),
                code.severity(),
                pointer,
                location == null ? null : location.getLineNr(),
                location == null ? null : location.getColumnNr(),
                message,
                expected,
                null,
                null);
    }
}
