package sluice.core.contract;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks a document as text: first the text itself, then the document, then adds lines and columns to all findings. */
final class TextCheck {
    /** No spec nests so deep or has such keys. Checks and other readers recurse. */
    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(200)
            .maxNameLength(1_000)
            .build();

    /** Reads what {@link JsonMending} leaves: it cannot mend quotes without moving what follows. */
    static final JsonFactory LENIENT = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
            .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
            .enable(JsonReadFeature.ALLOW_LEADING_PLUS_SIGN_FOR_NUMBERS)
            .enable(JsonReadFeature.ALLOW_LEADING_ZEROS_FOR_NUMBERS)
            .enable(JsonReadFeature.ALLOW_LEADING_DECIMAL_POINT_FOR_NUMBERS)
            .enable(JsonReadFeature.ALLOW_TRAILING_DECIMAL_POINT_FOR_NUMBERS)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .enable(JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
            .streamReadConstraints(LIMITS)
            .build();

    private static final JsonFactory FACTORY =
            JsonFactory.builder().streamReadConstraints(LIMITS).build();

    private final Contract contract;

    TextCheck(Contract contract) {
        this.contract = contract;
    }

    List<Finding> check(String text) {
        if (text.replace("\uFEFF", "").isBlank()) {
            return List.of(finding(ContractCode.EMPTY_TEXT, "", null, "there is nothing to read", "a JSON document"));
        }
        List<Finding> found;
        try {
            found = read(FACTORY, text);
        } catch (StreamConstraintsException beyond) {
            return List.of(tooLarge(beyond));
        } catch (JsonProcessingException broken) {
            found = mended(text, broken);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // the text is in memory
        }
        found.sort(Comparator.comparing(Finding::line, Comparator.nullsLast(Comparator.naturalOrder()))
                .thenComparing(Finding::column, Comparator.nullsLast(Comparator.naturalOrder())));
        return List.copyOf(found);
    }

    private List<Finding> read(JsonFactory factory, String text) throws IOException {
        List<Finding> found = new ArrayList<>();
        try (JsonParser parser = factory.createParser(text)) {
            JsonTreeReader tree = new JsonTreeReader(parser);
            JsonNode document = tree.read();
            tree.duplicates()
                    .forEach(duplicate -> found.add(finding(
                            ContractCode.DUPLICATE_KEY,
                            duplicate.pointer(),
                            duplicate.location(),
                            "the key occurs twice: Druid keeps only the last value",
                            "each key once in an object")));
            found.addAll(FindingLocations.in(text, contract.checkWritten(document)));
            trailing(parser, text).ifPresent(found::add);
        }
        return found;
    }

    /** Says what is wrong with the text, and checks the document that it seems to be. */
    private List<Finding> mended(String text, JsonProcessingException broken) {
        JsonMending mending = JsonMending.of(text);
        List<Finding> found = new ArrayList<>();
        mending.flaws().values().forEach(flaw -> found.add(finding(flaw, text)));
        if (mending.mended().isBlank()) {
            return found;
        }
        try {
            found.addAll(read(LENIENT, mending.mended()));
        } catch (StreamConstraintsException beyond) {
            found.add(tooLarge(beyond));
        } catch (IOException stillBroken) {
            if (found.isEmpty()) {
                found.add(finding(
                        ContractCode.NOT_JSON,
                        "",
                        broken.getLocation(),
                        broken.getOriginalMessage(),
                        "JSON (RFC 8259)"));
            }
        }
        return found;
    }

    private static Finding tooLarge(StreamConstraintsException beyond) {
        return finding(
                ContractCode.TOO_LARGE, "", beyond.getLocation(), beyond.getOriginalMessage(), "a simpler document");
    }

    private static Finding finding(JsonMending.Flaw flaw, String text) {
        String before = text.substring(0, flaw.offset());
        int line = 1 + (int) before.chars().filter(letter -> letter == '\n').count();
        int column = flaw.offset() - before.lastIndexOf('\n');
        return new Finding(
                flaw.code().id(),
                flaw.code().severity(),
                "",
                line,
                column,
                flaw.sentence(),
                "JSON (RFC 8259)",
                null,
                null);
    }

    private static Optional<Finding> trailing(JsonParser parser, String text) {
        String message = "the JSON document ends before this text, and Druid ignores it";
        int end = (int) parser.currentLocation().getCharOffset();
        String rest = text.substring(Math.min(Math.max(end, 0), text.length())).strip();
        if (rest.startsWith("{") || rest.startsWith("[")) {
            message = "a second document begins here, and Druid reads only the first";
        } else if (rest.startsWith("}") || rest.startsWith("]")) {
            message = "there is one " + rest.charAt(0) + " too many";
        }
        try {
            JsonToken next = parser.nextToken();
            return next == null
                    ? Optional.empty()
                    : Optional.of(
                            finding(ContractCode.TRAILING_TEXT, "", parser.currentTokenLocation(), message, "nothing"));
        } catch (IOException garbage) {
            return Optional.of(finding(ContractCode.TRAILING_TEXT, "", parser.currentLocation(), message, "nothing"));
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
