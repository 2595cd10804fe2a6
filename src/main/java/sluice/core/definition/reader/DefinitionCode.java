package sluice.core.definition.reader;

import org.jspecify.annotations.Nullable;

/** The findings that reading a definition can have, each with its stable code. */
public enum DefinitionCode {
    /** The text is not YAML or JSON, or is too large or too deep. */
    UNREADABLE("SLU-0001"),
    /** The text holds more or less than one document, or the document is no object. */
    NOT_ONE_OBJECT("SLU-0002"),
    /** A key stands twice in one object. */
    DUPLICATE_KEY("SLU-0003"),
    /** A key that nobody reads. */
    UNKNOWN_KEY("SLU-0004"),
    /** A key that has to be there is not. */
    MISSING_KEY("SLU-0005"),
    /** A value of another type than the key takes. */
    WRONG_TYPE("SLU-0006"),
    /** A value that is none of those the key takes. */
    UNKNOWN_VALUE("SLU-0007"),
    /** A variable that the environment does not allow. */
    VARIABLE_NOT_ALLOWED("SLU-0008"),
    /** A variable without a value. */
    VARIABLE_UNSET("SLU-0009"),
    /** A <code>${</code> that is no variable. */
    VARIABLE_MALFORMED("SLU-0010"),
    /** A name that Druid refuses. */
    DATASOURCE_NAME("SLU-0011", "https://druid.apache.org/docs/latest/ingestion/ingestion-spec#datasource"),
    /** A name that has to be encoded in every URL and quoted in every query. */
    DATASOURCE_NEEDS_ENCODING("SLU-0012", "https://druid.apache.org/docs/latest/ingestion/ingestion-spec#datasource"),
    /** A pattern that cannot tell a time, or not finely enough. */
    TIME_CHUNK("SLU-0013"),
    /** A granularity that Druid does not know or that has no chunks. */
    GRANULARITY("SLU-0014", "https://druid.apache.org/docs/latest/querying/granularities"),
    /** A duration that is not ISO-8601. */
    DURATION("SLU-0015"),
    /** A number out of its range. */
    OUT_OF_RANGE("SLU-0016"),
    /** A number that canonical JSON cannot carry exactly. */
    INEXACT_NUMBER("SLU-0017"),
    /** A setting that stands where another one decides. */
    MISPLACED("SLU-0018"),
    /** Settings that exclude each other. */
    CONTRADICTION("SLU-0019"),
    /** Rows that are equal in every column become one, and nobody said so. */
    SILENT_ROLLUP("SLU-0020", "https://druid.apache.org/docs/latest/ingestion/rollup");

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

    /** Druid's page about it, or null. */
    public @Nullable String url() {
        return url;
    }
}
