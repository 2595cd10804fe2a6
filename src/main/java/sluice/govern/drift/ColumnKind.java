package sluice.govern.drift;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/**
 * The kind of a column's values, as far as it matters for loading. Numbers may be quoted: delimited formats have nothing
 * else, and Druid reads both. A text becomes a number by itself only if the number has the same text: {@code "01234"} is an
 * identifier that would lose its zero, {@code "1.10"} may be a version, and 20 digits fit no long.
 */
public enum ColumnKind {
    /** Only nulls and empty texts have been seen. */
    UNKNOWN,
    LONG,
    DOUBLE,
    /** Texts that Druid reads as a long, and that a long would not write in the same way. */
    LONG_TEXT,
    /** Numbers and texts that Druid reads as a double, and that neither a long nor a double would write in the same way. */
    DOUBLE_TEXT,
    STRING,
    ARRAY,
    /** Objects, which Druid keeps as {@code COMPLEX<json>}. */
    JSON;

    private static final int LONGEST_NUMBER = 400;

    /** Returns the kind of one value. */
    static ColumnKind of(JsonNode value) {
        if (value.isNull()
                || value.isMissingNode()
                || value.isTextual() && value.textValue().isEmpty()) {
            return UNKNOWN;
        }
        if (value.isBoolean()) {
            return LONG;
        }
        if (value.isIntegralNumber()) {
            return value.canConvertToLong() ? LONG : DOUBLE_TEXT;
        }
        if (value.isNumber()) {
            return DOUBLE;
        }
        if (value.isArray()) {
            return ARRAY;
        }
        return value.isObject() ? JSON : ofText(value.textValue());
    }

    private static ColumnKind ofText(String text) {
        if (text.length() > LONGEST_NUMBER) {
            return STRING;
        }
        try {
            BigDecimal number = new BigDecimal(text);
            if (Math.abs((long) number.scale()) > LONGEST_NUMBER) {
                return DOUBLE_TEXT;
            }
            boolean isWhole = number.stripTrailingZeros().scale() <= 0 && text.indexOf('.') < 0;
            if (isWhole && isLong(number)) {
                return Long.toString(number.longValue()).equals(text) ? LONG : LONG_TEXT;
            }
            return !isWhole && Double.toString(number.doubleValue()).equals(text) ? DOUBLE : DOUBLE_TEXT;
        } catch (NumberFormatException exception) {
            return STRING;
        }
    }

    private static boolean isLong(BigDecimal number) {
        return number.compareTo(BigDecimal.valueOf(Long.MIN_VALUE)) >= 0
                && number.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
    }

    /** Returns the kind that a column gets if nobody has declared another, and that is remembered of earlier files. */
    ColumnKind stored() {
        return this == LONG_TEXT || this == DOUBLE_TEXT ? STRING : this;
    }

    /** Returns the kind of a column with values of both kinds. */
    ColumnKind with(ColumnKind other) {
        if (this == other || other == UNKNOWN) {
            return this;
        }
        if (this == UNKNOWN) {
            return other;
        }
        if (isNested() || other.isNested()) {
            // A column with some lists or objects is a column of lists or objects.
            return this == JSON || other == JSON ? JSON : ARRAY;
        }
        if (this == STRING || other == STRING) {
            return STRING;
        }
        boolean isLong = isLongOrText() && other.isLongOrText();
        boolean isText = isNumberText() || other.isNumberText();
        return isLong ? LONG_TEXT : isText ? DOUBLE_TEXT : DOUBLE;
    }

    private boolean isLongOrText() {
        return this == LONG || this == LONG_TEXT;
    }

    private boolean isNumberText() {
        return this == LONG_TEXT || this == DOUBLE_TEXT;
    }

    boolean isNumeric() {
        return this == LONG || this == DOUBLE;
    }

    boolean isNested() {
        return this == ARRAY || this == JSON;
    }

    /** Returns true if all values of this kind can be read as the other without loss. A column of nulls fits everything. */
    boolean fits(ColumnKind declared) {
        return switch (declared) {
            case LONG, LONG_TEXT -> isLongOrText() || this == UNKNOWN;
            case DOUBLE, DOUBLE_TEXT -> isNumeric() || isNumberText() || this == UNKNOWN;
            case STRING -> this != JSON;
            case ARRAY, JSON, UNKNOWN -> true;
        };
    }
}
