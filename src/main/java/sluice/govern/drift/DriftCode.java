package sluice.govern.drift;

import org.jspecify.annotations.Nullable;
import sluice.core.contract.Finding;
import sluice.core.contract.Severity;

/** Codes of findings about columns. {@code docs/drift.md} explains them. */
enum DriftCode {
    NEW_COLUMN("SLU-0910"),
    MISSING_COLUMN("SLU-0911"),
    RETYPED_COLUMN("SLU-0912"),
    NOT_CHECKED("SLU-0913"),
    EVOLVED("SLU-0914"),
    LIVE_COLUMN("SLU-0915"),
    INCOMPATIBLE("SLU-0916"),
    REWRITE("SLU-0917");

    private final String code;

    DriftCode(String code) {
        this.code = code;
    }

    String code() {
        return code;
    }

    Finding finding(
            Severity severity, String pointer, String message, @Nullable String expected, @Nullable String suggestion) {
        return new Finding(code, severity, pointer, null, null, message, expected, suggestion, null);
    }
}
