package sluice.core.json;

/**
 * What one document may cost: depth, values, and characters of keys, texts and pointers, with aliases expanded. A text of
 * 1 MB can ask for gigabytes: a long key above many values, or a long scalar under many aliases.
 */
final class DocumentBudget {

    static final int DEEPEST = 60;
    static final int MOST_VALUES = 100_000;
    /** Keys become column names, property names and JSON Pointers. */
    static final int LONGEST_KEY = 1_000;

    private static final long MOST_CHARACTERS = 16_000_000;

    private int values;
    private long characters;

    /** Counts a value at its place, also one that is merged away or stands in another one. */
    void value(String pointer, int depth, Position position) throws UnreadableTextException {
        if (depth > DEEPEST) {
            throw new UnreadableTextException("Nested deeper than " + DEEPEST + " levels", position);
        }
        if (++values > MOST_VALUES) {
            throw new UnreadableTextException("More than " + MOST_VALUES + " values, with aliases expanded", position);
        }
        characters(pointer.length(), position);
    }

    void key(String key, Position position) throws UnreadableTextException {
        if (key.length() > LONGEST_KEY) {
            throw new UnreadableTextException(
                    "A key of " + key.length() + " characters is too long; the limit is " + LONGEST_KEY, position);
        }
        characters(key.length(), position);
    }

    void text(String text, Position position) throws UnreadableTextException {
        characters(text.length(), position);
    }

    private void characters(int more, Position position) throws UnreadableTextException {
        characters += more;
        if (characters > MOST_CHARACTERS) {
            throw new UnreadableTextException(
                    "More than " + MOST_CHARACTERS + " characters, with aliases and places expanded", position);
        }
    }
}
