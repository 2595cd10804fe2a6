package sluice.core.definition.reader;

import org.jspecify.annotations.Nullable;

/** The findings of reading a definition, each with its stable code. */
public enum DefinitionCode {
    /** The text is not YAML or JSON, or is too large or too deeply nested. */
    UNREADABLE("SLU-0001"),
    /** The text is not exactly one document, or the document is not an object. */
    NOT_ONE_OBJECT("SLU-0002"),
    /** A key occurs twice in one object. */
    DUPLICATE_KEY("SLU-0003"),
    /** A key that does not exist here. */
    UNKNOWN_KEY("SLU-0004"),
    /** A required key is missing. */
    MISSING_KEY("SLU-0005"),
    /** A value of the wrong type. */
    WRONG_TYPE("SLU-0006"),
    /** A value that the key does not allow. */
    UNKNOWN_VALUE("SLU-0007"),
    /** A variable that the environment does not allow. */
    VARIABLE_NOT_ALLOWED("SLU-0008"),
    /** A variable without a value. */
    VARIABLE_UNSET("SLU-0009"),
    /** A <code>${</code> that is not a variable. */
    VARIABLE_MALFORMED("SLU-0010"),
    /** A name that Druid refuses. */
    DATASOURCE_NAME("SLU-0011", "https://druid.apache.org/docs/latest/ingestion/ingestion-spec#datasource"),
    /** A name that must be encoded in every URL and quoted in every query. */
    DATASOURCE_NEEDS_ENCODING("SLU-0012", "https://druid.apache.org/docs/latest/ingestion/ingestion-spec#datasource"),
    /** A pattern that names no time, or not precisely enough. */
    TIME_CHUNK("SLU-0013"),
    /** A granularity that Druid does not know, or that has no time chunks. */
    GRANULARITY("SLU-0014", "https://druid.apache.org/docs/latest/querying/granularities"),
    /** A duration that is not ISO-8601. */
    DURATION("SLU-0015"),
    /** A number out of range. */
    OUT_OF_RANGE("SLU-0016"),
    /** A number that canonical JSON cannot represent exactly. */
    INEXACT_NUMBER("SLU-0017"),
    /** A setting that another setting decides. */
    MISPLACED("SLU-0018"),
    /** Settings that exclude each other. */
    CONTRADICTION("SLU-0019"),
    /** Rows with equal columns become one row, although nobody asked for rollup. */
    SILENT_ROLLUP("SLU-0020", "https://druid.apache.org/docs/latest/ingestion/rollup"),
    /** A secret where it would be shown. */
    SECRET_MISPLACED("SLU-0021"),
    /** A text that looks like the placeholder of a secret. */
    SECRET_FORGED("SLU-0022"),
    /** More findings than anybody reads. */
    TOO_MANY_FINDINGS("SLU-0023");

    private final String code;
    private final @Nullable String url;

    DefinitionCode(String code) {
        this(code, null);
    }

    DefinitionCode(String code, @Nullable String url) {
        this.code = code;
        this.url = url;
    }

    public String code() {
        return code;
    }

    /** Returns Druid's documentation page. */
    public @Nullable String url() {
        return url;
    }
}
