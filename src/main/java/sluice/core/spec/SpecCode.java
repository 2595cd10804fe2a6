package sluice.core.spec;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import sluice.core.contract.Finding;
import sluice.core.contract.Severity;

/** The findings of generating a spec, each with its stable code. */
public enum SpecCode {
    /** An object whose extension names no format. */
    UNKNOWN_FORMAT("SLU-0101", Severity.ERROR),
    /** Objects of several formats in one batch: a Druid task reads only one. */
    MIXED_FORMATS("SLU-0102", Severity.ERROR),
    /** There is nothing to load. */
    NO_INPUT("SLU-0103", Severity.ERROR),
    /** An empty object, which is not passed to Druid. */
    EMPTY_OBJECT("SLU-0104", Severity.WARNING),
    /** An interval that is not made of whole time chunks: Druid would silently widen it. */
    MISALIGNED_CHUNK("SLU-0105", Severity.ERROR),
    /** A number that canonical JSON cannot represent. */
    INEXACT_NUMBER("SLU-0106", Severity.ERROR),
    /** Two streams of a definition whose supervisors would share an id. */
    SUPERVISOR_ID_TWICE("SLU-0107", Severity.ERROR),
    /** A number of tasks, although the autoscaler decides it. */
    TASK_COUNT_SCALED("SLU-0108", Severity.WARNING),
    /** The outcome of {@code rollup: auto} or {@code queryGranularity: auto}. */
    ROLLUP_CHOSEN("SLU-0110", Severity.INFO),
    /** The outcome of {@code partitions: auto}. */
    PARTITIONS_CHOSEN("SLU-0111", Severity.INFO),
    /** The default format of a stream's messages. */
    MESSAGE_FORMAT_CHOSEN("SLU-0112", Severity.INFO);

    private final String code;
    private final Severity severity;

    SpecCode(String code, Severity severity) {
        this.code = code;
        this.severity = severity;
    }

    public String code() {
        return code;
    }

    static Finding inexactNumber(String pointer, JsonNode document) {
        return INEXACT_NUMBER.finding(
                pointer, document.at(pointer) + " cannot be represented exactly", "a number within +-(2^53 - 1)");
    }

    Finding finding(String pointer, String message, @Nullable String expected) {
        return new Finding(code, severity, pointer, null, null, message, expected, null, null);
    }
}
