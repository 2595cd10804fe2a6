package sluice.core.spec;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import sluice.core.contract.Finding;
import sluice.core.contract.Severity;

/** The findings that generating a spec can have, each with its stable code. */
public enum SpecCode {
    /** An object whose key ends with no extension that tells a format. */
    UNKNOWN_FORMAT("SLU-0101", Severity.ERROR),
    /** Objects of several formats in one batch: a Druid task reads one. */
    MIXED_FORMATS("SLU-0102", Severity.ERROR),
    /** Nothing to load. */
    NO_INPUT("SLU-0103", Severity.ERROR),
    /** An object without a byte: it is not given to Druid. */
    EMPTY_OBJECT("SLU-0104", Severity.WARNING),
    /** A time chunk that is not whole: Druid would silently widen it. */
    MISALIGNED_CHUNK("SLU-0105", Severity.ERROR),
    /** A number that canonical JSON cannot carry. */
    INEXACT_NUMBER("SLU-0106", Severity.ERROR),
    /** Two streams of a definition whose supervisors would have one id. */
    SUPERVISOR_ID_TWICE("SLU-0107", Severity.ERROR),
    /** A number of tasks that the autoscaler decides. */
    TASK_COUNT_SCALED("SLU-0108", Severity.WARNING),
    /** What {@code rollup: auto} or {@code queryGranularity: auto} came to. */
    ROLLUP_CHOSEN("SLU-0110", Severity.INFO),
    /** What {@code partitions: auto} came to. */
    PARTITIONS_CHOSEN("SLU-0111", Severity.INFO),
    /** How the messages of a stream are read where the definition does not say it. */
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
                pointer, document.at(pointer) + " cannot be carried exactly", "a number within +-(2^53 - 1)");
    }

    Finding finding(String pointer, String message, @Nullable String expected) {
        return new Finding(code, severity, pointer, null, null, message, expected, null, null);
    }
}
