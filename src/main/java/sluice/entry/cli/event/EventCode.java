package sluice.entry.cli.event;

import org.jspecify.annotations.Nullable;
import sluice.core.contract.Finding;
import sluice.core.contract.Severity;
import sluice.core.json.LocatedDocument;
import sluice.core.json.Position;

/** The findings of validating events, each with its stable code. All are errors. */
public enum EventCode {
    /** The text is not one JSON document, or an object repeats a key. */
    NOT_JSON("SLU-0401"),
    /** The attributes are not those of a CloudEvent that Sluice publishes. */
    NOT_A_CLOUD_EVENT("SLU-0402"),
    /** Sluice publishes no events of this type. */
    UNKNOWN_TYPE("SLU-0403"),
    /** The attribute {@code dataschema} does not name the schema of the type. */
    WRONG_DATA_SCHEMA("SLU-0404"),
    /** The data does not match the schema of the type. */
    INVALID_DATA("SLU-0405");

    private final String code;

    EventCode(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    Finding at(LocatedDocument document, String pointer, String message, @Nullable String expected) {
        return at(document.values().get(pointer), pointer, message, expected);
    }

    Finding at(@Nullable Position position, String pointer, String message, @Nullable String expected) {
        Integer line = position == null ? null : position.line();
        Integer column = position == null ? null : position.column();
        return new Finding(code, Severity.ERROR, pointer, line, column, message, expected, null, null);
    }
}
