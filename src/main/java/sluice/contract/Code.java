package sluice.contract;

/**
 * What a finding of the contract can be. Codes are stable: a number is never given to something else. {@code SLU-1xxx}
 * is about shape, {@code SLU-2xxx} about meaning across fields, {@code SLU-3xxx} about the text itself.
 */
enum Code {
    UNKNOWN_FIELD("SLU-1001", Severity.ERROR, "Druid has no such field and would ignore it without a word."),
    MISSING_FIELD("SLU-1002", Severity.ERROR, "Druid needs this field."),
    WRONG_KIND("SLU-1003", Severity.ERROR, "The value is of a kind that Druid cannot read here, or reads as another."),
    WRONG_VALUE("SLU-1004", Severity.ERROR, "Only certain values are allowed here."),
    UNKNOWN_TYPE("SLU-1005", Severity.ERROR, "No such type: Druid would refuse it or silently take its default."),
    OUT_OF_RANGE("SLU-1006", Severity.ERROR, "The number is outside of what Druid can work with."),
    MALFORMED_TEXT("SLU-1007", Severity.ERROR, "The text does not have the form that Druid reads here."),
    COERCED("SLU-1008", Severity.WARNING, "Druid reads the value, but it is written as another kind."),
    ANSWER_ONLY("SLU-1009", Severity.ERROR, "Druid writes this field in its answers and ignores it in a request."),
    DEPRECATED("SLU-1010", Severity.WARNING, "Druid still reads this field; there is a better way to say it."),
    WRONG_LEVEL("SLU-1012", Severity.ERROR, "The field belongs elsewhere; here Druid would ignore it."),
    TOO_FEW("SLU-1013", Severity.ERROR, "The list must have more entries."),
    NOT_LOADED("SLU-1014", Severity.ERROR, "The type comes from an extension that the cluster does not load."),
    NOT_JSON("SLU-3001", Severity.ERROR, "The text is not JSON."),
    DUPLICATE_KEY("SLU-3002", Severity.ERROR, "The same key twice in one object: Druid keeps only the last."),
    TRAILING_TEXT("SLU-3003", Severity.ERROR, "Something follows the JSON document: Druid ignores it."),
    EMPTY_TEXT("SLU-3004", Severity.ERROR, "The text is empty.");

    private final String id;
    private final Severity severity;
    private final String meaning;

    Code(String id, Severity severity, String meaning) {
        this.id = id;
        this.severity = severity;
        this.meaning = meaning;
    }

    String id() {
        return id;
    }

    Severity severity() {
        return severity;
    }

    String meaning() {
        return meaning;
    }
}
