package sluice.entry.cli.importer;

import org.jspecify.annotations.Nullable;
import sluice.core.contract.Finding;
import sluice.core.contract.Severity;

/** The findings of importing a spec, each with its stable code. */
public enum ImportCode {
    /** No definition can be made from the document. */
    NOT_IMPORTABLE("SLU-0301", Severity.ERROR),
    /** A definition cannot express this, and would load other rows without it. */
    NOT_EXPRESSIBLE("SLU-0302", Severity.ERROR),
    /** A definition cannot express this, and leaves it out. */
    LEFT_OUT("SLU-0303", Severity.WARNING),
    /** The definition does this differently from the spec. */
    DONE_OTHERWISE("SLU-0304", Severity.WARNING),
    /** A secret that should not be in a file: a variable replaces it. */
    SECRET("SLU-0305", Severity.WARNING);

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
