package sluice.simulation;

import sluice.platform.state.Item;
import sluice.platform.state.Value;

/**
 * Sizes in bytes, as DynamoDB counts them.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html">Item
 *     sizes</a>
 */
public final class ItemSize {

    private ItemSize() {}

    /** Names and values of all attributes. */
    public static int of(Item item) {
        int size = 0;
        for (var attribute : item.attributes().entrySet()) {
            size += utf8(attribute.getKey()) + of(attribute.getValue());
        }
        return size;
    }

    static int of(Value value) {
        if (value instanceof Value.Text text) {
            return utf8(text.text());
        } else if (value instanceof Value.Number number) {
            return of(number.number());
        } else if (value instanceof Value.Texts texts) {
            return texts.texts().stream().mapToInt(ItemSize::utf8).sum();
        }
        return ((Value.Bytes) value).bytes().length;
    }

    /** Bytes of a text in UTF-8. */
    static int utf8(String text) {
        int size = text.length();
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character > 0x7F) {
                // A surrogate pair is two characters and four bytes.
                size += character > 0x7FF && !Character.isSurrogate(character) ? 2 : 1;
            }
        }
        return size;
    }

    /** One byte for two significant digits, one more, and one for a minus. */
    private static int of(long number) {
        if (number == 0) {
            return 1;
        }
        long significant = number;
        while (significant % 10 == 0) {
            significant /= 10;
        }
        int digits = 0;
        for (long rest = significant; rest != 0; rest /= 10) {
            digits++;
        }
        return 1 + (digits + 1) / 2 + (number < 0 ? 1 : 0);
    }
}
