package sluice.core.definition.reader;

/** The findings that reading a definition can have, each with its stable code. */
public enum DefinitionCode {
    /** The text is not YAML or JSON, or is too large or too deep. */
    UNREADABLE("SLU-0001", null),
    /** The text holds more or less than one document, or the document is no object. */
    NOT_ONE_OBJECT("SLU-0002", null),
    /** A key stands twice in one object. */
    DUPLICATE_KEY("SLU-0003", null),
    /** A key that nobody reads. */
    UNKNOWN_KEY("SLU-0004", null),
    /** A key that has to be there is not. */
    MISSING_KEY("SLU-0005", null),
    /** A value of another type than the key takes. */
    WRONG_TYPE("SLU-0006", null),
    /** A value that is none of those the key takes. */
    UNKNOWN_VALUE("SLU-0007", null),
    /** A variable that the environment does not allow. */
    VARIABLE_NOT_ALLOWED("SLU-0008", null),
    /** A variable without a value. */
    VARIABLE_UNSET("SLU-0009", null),
    /** A <code>${</code> that is no variable. */
    VARIABLE_MALFORMED("SLU-0010", null),
    /** A name that Druid refuses. */
    DATASOURCE_NAME("SLU-0011", "https://druid.apache.org/docs/latest/ingestion/ingestion-spec#datasource"),
    /** A name that has to be encoded in every URL and quoted in every query. */
    DATASOURCE_NEEDS_ENCODING("SLU-0012", "https://druid.apache.org/docs/latest/ingestion/ingestion-spec#datasource"),
    /** A pattern that cannot tell a time, or not finely enough. */
    TIME_CHUNK("SLU-0013", null),
    /** A granularity that Druid does not know or that has no chunks. */
    GRANULARITY("SLU-0014", "https://druid.apache.org/docs/latest/querying/granularities"),
    /** A duration that is not ISO-8601. */
    DURATION("SLU-0015", null),
    /** A number out of its range. */
    OUT_OF_RANGE("SLU-0016", null),
    /** A number that canonical JSON cannot carry exactly. */
    INEXACT_NUMBER("SLU-0017", null),
    /** A setting that stands where another one decides. */
    MISPLACED("SLU-0018", null),
    /** Settings that exclude each other. */
    CONTRADICTION("SLU-0019", null),
    /** Rows that are equal in every column become one, and nobody said so. */
    SILENT_ROLLUP("SLU-0020", "https://druid.apache.org/docs/latest/ingestion/rollup");

    private final String code;
    private final String url;

    DefinitionCode(String code, String url) {
        this.code = code;
        this.url = url;
    }

    public String code() {
        return code;
    }

    /** Druid's page about it, or null. */
    public String url() {
        return url;
    }
}
