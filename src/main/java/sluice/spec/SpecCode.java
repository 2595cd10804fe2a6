package sluice.spec;

import sluice.contract.Finding;
import sluice.contract.Severity;

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
    /** What {@code rollup: auto} or {@code queryGranularity: auto} came to. */
    ROLLUP_CHOSEN("SLU-0110", Severity.INFO),
    /** What {@code partitions: auto} came to. */
    PARTITIONS_CHOSEN("SLU-0111", Severity.INFO);

    private final String code;
    private final Severity severity;

    SpecCode(String code, Severity severity) {
        this.code = code;
        this.severity = severity;
    }

    public String code() {
        return code;
    }

    Finding finding(String pointer, String message, String expected) {
        return new Finding(code, severity, pointer, null, null, message, expected, null, null);
    }
}
