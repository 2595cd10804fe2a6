package sluice.core.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One result of a check, complete enough to act on without looking anything up.
 *
 * @param code stable identifier, {@code SLU-} and four digits; what it means is listed in {@code docs/findings.md}
 * @param severity whether it stops a run
 * @param pointer JSON Pointer (RFC 6901) of the place, {@code ""} for the whole document
 * @param line line of the place, from 1, or null where the input was not text
 * @param column column of the place, from 1, or null where the input was not text
 * @param message what was found, in a sentence
 * @param expected what is right there, or null where the message says it all
 * @param suggestion the nearest right key, value or place, or null where there is none
 * @param url Druid's page about the place, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Finding(
        String code,
        Severity severity,
        String pointer,
        @Nullable Integer line,
        @Nullable Integer column,
        String message,
        @Nullable String expected,
        @Nullable String suggestion,
        @Nullable String url) {

    public Finding {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(pointer, "pointer");
        Objects.requireNonNull(message, "message");
    }

    public static Finding error(
            String code, String pointer, String message, @Nullable String expected, @Nullable String suggestion) {
        return new Finding(code, Severity.ERROR, pointer, null, null, message, expected, suggestion, null);
    }

    public static Finding warning(
            String code, String pointer, String message, @Nullable String expected, @Nullable String suggestion) {
        return new Finding(code, Severity.WARNING, pointer, null, null, message, expected, suggestion, null);
    }

    /** Whether any of the findings stops a run. */
    public static boolean anyError(List<Finding> findings) {
        return findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
    }
}
