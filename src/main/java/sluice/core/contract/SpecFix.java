package sluice.core.contract;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import sluice.core.json.Edit;
import sluice.core.json.EditableText;
import sluice.core.json.UnreadableTextException;

/**
 * Rewrites a spec so that what can be mended without a decision is: fields in the wrong place, removed fields, earlier
 * forms, spellings that only one name is near to, and text that is nearly JSON. The rest of the text stays as it is.
 *
 * @param text the mended text; the given one if there was nothing to mend
 * @param repairs what was mended, in order
 */
public record SpecFix(String text, List<Repair> repairs) {
    private static final int MOST_REPAIRS = 1_000;

    public SpecFix {
        repairs = List.copyOf(repairs);
    }

    /** Mends a Druid spec in JSON. Comments are lost: JSON has none, and Druid refuses them. */
    public static SpecFix json(String text, Contract contract) throws UnreadableTextException {
        return mended(EditableText.json(strict(text)), contract);
    }

    /** Mends a Druid spec in YAML; comments stay. */
    public static SpecFix yaml(String text, Contract contract) throws UnreadableTextException {
        return mended(EditableText.yaml(text), contract);
    }

    private static SpecFix mended(EditableText given, Contract contract) throws UnreadableTextException {
        EditableText text = given;
        List<Repair> done = new ArrayList<>();
        Set<Repair> tried = new HashSet<>();
        while (done.size() < MOST_REPAIRS) {
            Optional<Repair> next = contract.repairs(text.root()).stream()
                    .filter(repair -> !tried.contains(repair))
                    .findFirst();
            if (next.isEmpty()) {
                break;
            }
            // A repair that is proposed again has not helped: without this, two could undo each other for ever.
            tried.add(next.get());
            Optional<EditableText> mended = applied(text, next.get());
            if (mended.isPresent()) {
                text = mended.get();
                done.add(next.get());
            }
        }
        return new SpecFix(text.text(), done);
    }

    private static Optional<EditableText> applied(EditableText text, Repair repair) throws UnreadableTextException {
        Optional<EditableText> changed = Optional.of(text);
        for (Edit edit : repair.edits()) {
            changed = changed.get().with(edit);
            if (changed.isEmpty()) {
                return changed;
            }
        }
        return changed;
    }

    /** Returns the text as JSON if {@link JsonMending} can make it that; else as it is. */
    private static String strict(String text) {
        try (JsonParser parser = new JsonFactory().createParser(text)) {
            while (parser.nextToken() != null) {
                // The text is JSON if this ends.
            }
            return text;
        } catch (IOException notJson) {
            return MendedLayout.of(text, quoted(JsonMending.of(text).mended()));
        }
    }

    /** Puts texts and keys into double quotes. */
    private static String quoted(String lenient) {
        StringBuilder strict = new StringBuilder();
        int copied = 0;
        try (JsonParser parser = TextCheck.LENIENT.createParser(lenient)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token != JsonToken.FIELD_NAME && token != JsonToken.VALUE_STRING) {
                    continue;
                }
                int start = (int) parser.currentTokenLocation().getCharOffset();
                parser.finishToken();
                if (lenient.charAt(start) == '"') {
                    continue;
                }
                String word = parser.getText();
                strict.append(lenient, copied, start).append(TextNode.valueOf(word));
                copied = lenient.charAt(start) == '\'' ? afterQuote(lenient, start) : start + word.length();
            }
        } catch (IOException stillBroken) {
            return lenient;
        }
        return strict.append(lenient, copied, lenient.length()).toString();
    }

    /** The parser itself may be behind the colon that follows. */
    private static int afterQuote(String text, int start) {
        int end = start + 1;
        while (text.charAt(end) != text.charAt(start)) {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        return end + 1;
    }
}
