package sluice.govern.drift;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/**
 * The kind of a column's values, as far as it matters for loading. Numbers may be quoted: delimited formats have nothing
 * else, and Druid reads both.
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

    /** Returns the kind of one value. */
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
        return this == STRING || other == STRING ? STRING : DOUBLE;
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
            case LONG -> this == LONG || this == UNKNOWN;
            case DOUBLE -> isNumeric() || this == UNKNOWN;
            case STRING -> this != JSON;
            case ARRAY, JSON, UNKNOWN -> true;
        };
    }
}
