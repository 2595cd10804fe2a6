package sluice.entry.cli.importer;

import org.jspecify.annotations.Nullable;
import sluice.core.contract.Finding;
import sluice.core.contract.Severity;

/** The findings that importing a spec can have, each with its stable code. */
public enum ImportCode {
    /** The document is none that a definition can be made of. */
    NOT_IMPORTABLE("SLU-0201", Severity.ERROR),
    /** A definition cannot say this, and without it other rows would be loaded. */
    NOT_EXPRESSIBLE("SLU-0202", Severity.ERROR),
    /** A definition cannot say this, and leaves it out. */
    LEFT_OUT("SLU-0203", Severity.WARNING),
    /** The definition does this otherwise than the spec. */
    DONE_OTHERWISE("SLU-0204", Severity.WARNING),
    /** A secret that should not lie in a file: a variable stands in its place. */
    SECRET("SLU-0205", Severity.WARNING);

    private final String code;
    private final Severity severity;

    ImportCode(String code, Severity severity) {
        this.code = code;
        this.severity = severity;
    }

    public String code() {
        return code;
    }

    Finding finding(String pointer, String message, @Nullable String suggestion) {
        return new Finding(code, severity, pointer, null, null, message, null, suggestion, null);
    }
}
