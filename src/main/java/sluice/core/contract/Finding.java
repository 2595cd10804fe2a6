package sluice.core.contract;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import sluice.core.version.DocumentationSite;

/**
 * One result of a check. It contains everything needed to act on it.
 *
 * @param code stable identifier, {@code SLU-} and four digits; {@code docs/findings.md} explains it
 * @param severity whether it stops a run
 * @param pointer JSON Pointer (RFC 6901) of the place, {@code ""} for the whole document
 * @param line line of the place, from 1; null if the input was not text
 * @param column column of the place, from 1; null if the input was not text
 * @param message what was found
 * @param expected what would be correct; null if the message says it all
 * @param suggestion the nearest correct key, value or place; null if there is none
 * @param url Druid's documentation page on the subject; null if there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(value = "page", allowGetters = true)
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

    /** The page that explains the code, of the documentation of this build; null if the build has none. */
    @JsonProperty
    public @Nullable String page() {
        return DocumentationSite.ofFinding(code);
    }

    /** Returns the same finding with more text at the end of its message. */
    Finding saying(String more) {
        return new Finding(code, severity, pointer, line, column, message + more, expected, suggestion, url);
    }

    public static Finding error(
            String code, String pointer, String message, @Nullable String expected, @Nullable String suggestion) {
        return new Finding(code, Severity.ERROR, pointer, null, null, message, expected, suggestion, null);
    }

    public static Finding warning(
            String code, String pointer, String message, @Nullable String expected, @Nullable String suggestion) {
        return new Finding(code, Severity.WARNING, pointer, null, null, message, expected, suggestion, null);
    }

    /** Returns true if any of the findings stops a run. */
    public static boolean anyError(List<Finding> findings) {
        return findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
    }
}
