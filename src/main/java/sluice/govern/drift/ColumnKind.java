package sluice.govern.drift;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/**
 * What the values of a column look like, as far as loading cares. Numbers may stand in quotes: delimited formats know
 * nothing else, and Druid reads both.
 */
public enum ColumnKind {
    /** Only nulls and empty texts have been seen. */
    UNKNOWN,
    LONG,
    DOUBLE,
    STRING,
    ARRAY,
    /** Objects, which Druid keeps as {@code COMPLEX<json>}. */
    JSON;

    /** The kind of one value. */
    static ColumnKind of(JsonNode value) {
        if (value.isNull()
                || value.isMissingNode()
                || value.isTextual() && value.textValue().isEmpty()) {
            return UNKNOWN;
        }
        if (value.isIntegralNumber() || value.isBoolean()) {
            return LONG;
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
        try {
            return new BigDecimal(text).stripTrailingZeros().scale() <= 0 && text.indexOf('.') < 0 ? LONG : DOUBLE;
        } catch (NumberFormatException exception) {
            return STRING;
        }
    }

    /** The kind of a column that has values of both kinds. */
    ColumnKind with(ColumnKind other) {
        if (this == other || other == UNKNOWN) {
            return this;
        }
        if (this == UNKNOWN) {
            return other;
        }
        if (isNested() || other.isNested()) {
            // A column that holds lists or objects here and there is one of lists or objects.
            return this == JSON || other == JSON ? JSON : ARRAY;
        }
        return this == STRING || other == STRING ? STRING : DOUBLE;
    }

    boolean isNumeric() {
        return this == LONG || this == DOUBLE;
    }

    boolean isNested() {
        return this == ARRAY || this == JSON;
    }

    /** Whether all values of this kind can be read as the other, without loss; nobody knows of a column of nulls. */
    boolean fits(ColumnKind declared) {
        return switch (declared) {
            case LONG -> this == LONG || this == UNKNOWN;
            case DOUBLE -> isNumeric() || this == UNKNOWN;
            case STRING -> this != JSON;
            case ARRAY, JSON, UNKNOWN -> true;
        };
    }
}
