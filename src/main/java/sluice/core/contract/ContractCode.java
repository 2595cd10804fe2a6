package sluice.core.contract;

/**
 * The findings of the contract. Codes are stable: a number is never reused. {@code SLU-1xxx} is about shape, {@code
 * SLU-2xxx} about meaning across fields, {@code SLU-3xxx} about the text itself.
 */
enum ContractCode {
    UNKNOWN_FIELD("SLU-1001", Severity.ERROR, "Druid has no such field and would silently ignore it."),
    MISSING_FIELD("SLU-1002", Severity.ERROR, "Druid needs this field."),
    WRONG_KIND(
            "SLU-1003",
            Severity.ERROR,
            "The value has a JSON type that Druid cannot read here or converts to another."),
    WRONG_VALUE("SLU-1004", Severity.ERROR, "Only certain values are allowed here."),
    UNKNOWN_TYPE("SLU-1005", Severity.ERROR, "Unknown type: Druid would refuse it or silently use its default."),
    OUT_OF_RANGE("SLU-1006", Severity.ERROR, "The number is outside the range that Druid supports."),
    MALFORMED_TEXT("SLU-1007", Severity.ERROR, "The text does not have the format that Druid expects."),
    COERCED("SLU-1008", Severity.WARNING, "Druid accepts the value, but it is written as another JSON type."),
    ANSWER_ONLY(
            "SLU-1009",
            Severity.WARNING,
            "Druid derives this field and returns it in responses; it ignores it in requests."),
    DEPRECATED("SLU-1010", Severity.WARNING, "Druid still reads this field, but there is a newer replacement."),
    WRONG_LEVEL("SLU-1012", Severity.ERROR, "The field belongs elsewhere; Druid would ignore it here."),
    TOO_FEW("SLU-1013", Severity.ERROR, "The list has too few entries."),
    NOT_LOADED("SLU-1014", Severity.ERROR, "The type comes from an extension that the cluster does not load."),
    REMOVED(
            "SLU-1015",
            Severity.ERROR,
            "Druid has removed this field or type: what it asked for no longer happens. The finding names its successor."),
    REMOVED_WITHOUT_EFFECT(
            "SLU-1016", Severity.WARNING, "Druid has removed this field. It had no effect on the data: leave it out."),
    EMPTY_AND_UNKNOWN(
            "SLU-1017", Severity.WARNING, "Druid has no such field here, but its value is empty: nothing is lost."),
    TWO_DOCUMENTS(
            "SLU-1018",
            Severity.ERROR,
            "The document mixes two kinds of documents. It is checked as the one that most of its fields belong to."),
    PLACEHOLDER("SLU-1019", Severity.ERROR, "A placeholder of a template was never filled in."),
    INTERVAL_IMPOSSIBLE(
            "SLU-2001",
            Severity.ERROR,
            "The interval has a date that does not exist, or ends before it starts: Druid refuses it."),
    INTERVAL_EMPTY(
            "SLU-2002",
            Severity.WARNING,
            "The interval is empty: Druid accepts it, loads nothing and reports SUCCESS."),
    INTERVALS_MISSING(
            "SLU-2003",
            Severity.WARNING,
            "A batch task without intervals overwrites every time chunk that occurs in the data."),
    DROP_WITHOUT_INTERVALS(
            "SLU-2004", Severity.ERROR, "dropExisting requires intervals: Druid refuses the task without them."),
    INTERVAL_MISALIGNED(
            "SLU-2005",
            Severity.WARNING,
            "Druid widens an interval to whole time chunks: rows outside the interval are also replaced or loaded."),
    INTERVALS_OVERLAP("SLU-2006", Severity.WARNING, "Druid silently merges overlapping intervals."),
    QUERY_COARSER_THAN_SEGMENT(
            "SLU-2007",
            Severity.WARNING,
            "A queryGranularity coarser than segmentGranularity truncates timestamps to before their segment."),
    SEGMENT_GRANULARITY_NONE(
            "SLU-2008",
            Severity.ERROR,
            "segmentGranularity NONE creates a time chunk per millisecond: the task does not finish."),
    ARBITRARY_WITHOUT_INTERVALS(
            "SLU-2009",
            Severity.ERROR,
            "An arbitrary granularitySpec takes its time chunks from intervals: the task fails without them."),
    SEGMENT_GRANULARITY_ALL(
            "SLU-2010",
            Severity.WARNING,
            "segmentGranularity ALL puts all data into one time chunk: nothing can be replaced or dropped by time."),
    APPEND_COARSER_THAN_REPLACE(
            "SLU-2011",
            Severity.ERROR,
            "Appending fails if its granularity is coarser than that of compaction (apache/druid #11906)."),
    REINDEX_PART(
            "SLU-2012",
            Severity.ERROR,
            "The task reads part of a time chunk of its own datasource and replaces the whole: the other rows are lost."),
    REINDEX_FILTERED(
            "SLU-2013",
            Severity.WARNING,
            "A filter leaves rows of the task's own datasource out: they are deleted, but only in time chunks where"
                    + " other rows remain."),
    DIMENSIONS_MISSING(
            "SLU-2020",
            Severity.ERROR,
            "A task without dimensionsSpec fails at run time (NullPointerException: inputRowParser)."),
    SCHEMALESS("SLU-2021", Severity.INFO, "Without dimensions, every field of the data becomes a string column."),
    DIMENSION_TWICE("SLU-2022", Severity.ERROR, "The dimension occurs twice: Druid refuses it."),
    DIMENSION_IS_METRIC("SLU-2023", Severity.ERROR, "A dimension and a metric have the same name: Druid refuses it."),
    TIME_COLUMN_NAME(
            "SLU-2024", Severity.ERROR, "__time is Druid's own column: no dimension or metric may have this name."),
    DIMENSION_EXCLUDED("SLU-2025", Severity.ERROR, "The dimension is also excluded: Druid refuses it."),
    NAME_EMPTY("SLU-2026", Severity.ERROR, "The dimension or metric has no name: Druid refuses it."),
    NAMES_DIFFER_IN_CASE("SLU-2027", Severity.WARNING, "Names that differ only in case become two columns."),
    DIMENSION_IS_TIMESTAMP(
            "SLU-2028",
            Severity.WARNING,
            "The timestamp column is also a dimension: it is stored twice and prevents rollup."),
    NAME_NEEDS_QUOTES("SLU-2029", Severity.INFO, "The name must be quoted in every SQL query and expression."),
    METRIC_TWICE("SLU-2040", Severity.ERROR, "The metric name occurs twice: Druid refuses it."),
    METRIC_INPUT(
            "SLU-2041",
            Severity.ERROR,
            "A metric needs exactly one of fieldName and expression: Druid refuses both and neither."),
    METRIC_READS_METRIC(
            "SLU-2042",
            Severity.WARNING,
            "The metric reads the output name of another metric, which the input lacks: it would count nothing."),
    COUNT_AGAIN(
            "SLU-2043",
            Severity.WARNING,
            "Over rolled-up data, count counts stored rows, not events: sum the earlier count instead."),
    NOT_COMBINING(
            "SLU-2044",
            Severity.WARNING,
            "Over rolled-up data, a metric must read its own column and merge its values."),
    SKETCH_SIZE(
            "SLU-2045", Severity.ERROR, "The size of a theta sketch must be a power of two: Druid refuses any other."),
    ROLLUP_UNCOUNTED(
            "SLU-2046",
            Severity.WARNING,
            "Rollup without metrics: rows that agree in every dimension become one, and nothing counts them."),
    ROLLUP_USELESS(
            "SLU-2047",
            Severity.WARNING,
            "Rollup with every field as a dimension: hardly any rows agree in all of them, so nothing is rolled up."),
    ROLLUP_DISCOVERED(
            "SLU-2048",
            Severity.WARNING,
            "Rollup with discovered dimensions: every new field of the data prevents rollup and changes the metrics."),
    COLUMN_UNDECLARED(
            "SLU-2049",
            Severity.WARNING,
            "The input declares its columns, and this one is not among them: it would be empty, or 0 in a sum."),
    TRANSFORM_TWICE("SLU-2050", Severity.ERROR, "Two transforms have the same name: Druid refuses them."),
    EXPRESSION_MALFORMED(
            "SLU-2051",
            Severity.ERROR,
            "Druid cannot parse the expression: it silently drops parts of it, or the task fails at run time."),
    FUNCTION_UNKNOWN("SLU-2052", Severity.ERROR, "Druid has no such function: the task fails at run time."),
    INPUT_FORMAT_MISSING(
            "SLU-2060",
            Severity.ERROR,
            "This inputSource delivers bytes and needs an inputFormat: Druid refuses the spec without it."),
    COLUMNS_UNKNOWN(
            "SLU-2061",
            Severity.ERROR,
            "Delimited text needs column names or a header: Druid refuses the format without either."),
    COLUMNS_AND_HEADER(
            "SLU-2062",
            Severity.WARNING,
            "With both columns and findColumnsFromHeader, Druid treats the first line as a header and skips it."),
    COLUMN_TWICE("SLU-2063", Severity.WARNING, "The column name occurs twice: only the last column can be read."),
    LOCAL_FILES(
            "SLU-2064",
            Severity.ERROR,
            "A local inputSource needs files, or a baseDir with a filter: Druid refuses it otherwise."),
    URI_SCHEME(
            "SLU-2065", Severity.ERROR, "An http inputSource reads only http and https: Druid refuses other schemes."),
    DRUID_INTERVAL(
            "SLU-2066",
            Severity.ERROR,
            "A druid inputSource needs exactly one of interval and segments: Druid refuses both and neither."),
    OBJECTS_ONE_WAY(
            "SLU-2067",
            Severity.ERROR,
            "Exactly one of uris, prefixes and objects must name the input: Druid refuses anything else."),
    TIMESTAMP_FORMAT(
            "SLU-2068", Severity.ERROR, "The timestamp format is neither one of Druid's names nor a valid pattern."),
    TIMESTAMP_SPEC_MISSING(
            "SLU-2069",
            Severity.ERROR,
            "Druid refuses a dataSchema without timestampSpec: it must know which column holds the time."),
    TIMESTAMP_DEFAULT(
            "SLU-2070",
            Severity.WARNING,
            "Without a column, Druid reads 'timestamp'. It drops rows that lack it, and the task still reports SUCCESS."),
    FLATTEN_FIELD(
            "SLU-2071",
            Severity.ERROR,
            "A field of flattenSpec lacks a property that its type requires: Druid refuses it."),
    PARSER_WITH_SOURCE(
            "SLU-2072", Severity.ERROR, "A parser belonged to a firehose: Druid refuses it beside an inputSource."),
    ROWS_TWO_WAYS("SLU-2080", Severity.WARNING, "Druid ignores sizes beside a partitionsSpec."),
    ROLLUP_NEEDS_PARTITIONS(
            "SLU-2081",
            Severity.ERROR,
            "Guaranteed rollup requires hashed, range or single_dim partitions: Druid refuses dynamic ones."),
    PARTITIONS_NEED_ROLLUP(
            "SLU-2082",
            Severity.ERROR,
            "These partitions require forceGuaranteedRollup to be true: Druid refuses them otherwise."),
    HASHED_TWO_SIZES(
            "SLU-2083",
            Severity.ERROR,
            "Hashed partitions take a number of shards or a number of rows: Druid refuses both."),
    RANGE_SIZE(
            "SLU-2084",
            Severity.ERROR,
            "Range partitions take exactly one of targetRowsPerSegment and maxRowsPerSegment."),
    APPEND_WITH_ROLLUP(
            "SLU-2085", Severity.ERROR, "An appending task cannot guarantee rollup: Druid refuses the combination."),
    APPEND_WITH_DROP(
            "SLU-2086",
            Severity.ERROR,
            "appendToExisting and dropExisting contradict each other: Druid refuses the combination."),
    RANGE_NOT_SPLITTABLE(
            "SLU-2087", Severity.ERROR, "Range partitions need a splittable inputSource: the task fails at run time."),
    PARTITION_DIMENSION("SLU-2088", Severity.WARNING, "The partition dimension is not a dimension of the spec."),
    PARSE_LIMIT_IGNORED(
            "SLU-2089",
            Severity.WARNING,
            "With reportParseExceptions, the first bad row fails the task: maxParseExceptions has no effect."),
    PARSE_LOSS_HIDDEN(
            "SLU-2090",
            Severity.INFO,
            "Druid silently skips any number of unreadable rows, and the task still reports SUCCESS."),
    ROWS_IN_MEMORY(
            "SLU-2091",
            Severity.WARNING,
            "maxRowsInMemory is below 1: Druid treats it as unlimited and may run out of memory."),
    ROLLUP_WITHOUT_PARTITIONS(
            "SLU-2092",
            Severity.INFO,
            "Without a partitionsSpec, guaranteed rollup uses Druid's default hashed partitions."),
    ONE_SUBTASK(
            "SLU-2093", Severity.INFO, "Without maxNumConcurrentSubTasks, an index_parallel task runs sequentially."),
    ROLLUP_OFF_WITH_METRICS(
            "SLU-2094", Severity.INFO, "Without rollup, a metric holds one value per row, and count is always 1."),
    RANGE_DIMENSION(
            "SLU-2095", Severity.ERROR, "Range partitions need partition dimensions: Druid refuses them otherwise."),
    SIZE_ZERO("SLU-2096", Severity.ERROR, "The size is 0 rows or shards: Druid refuses it."),
    COMPACT_GRANULARITY(
            "SLU-2101",
            Severity.ERROR,
            "The segmentGranularity beside the granularitySpec differs from the one inside: Druid refuses the task."),
    COMPACT_INPUT("SLU-2100", Severity.ERROR, "A compact task needs exactly one of ioConfig, interval and segments."),
    KILL_FOR_EVER(
            "SLU-2110",
            Severity.WARNING,
            "A kill task over all time waits for every lock of the datasource and never finishes (apache/druid #10508)."),
    TOPIC_ONE_WAY(
            "SLU-2120",
            Severity.ERROR,
            "A kafka supervisor needs exactly one of topic and topicPattern: Druid refuses both and neither."),
    BOOTSTRAP_SERVERS(
            "SLU-2121",
            Severity.ERROR,
            "Kafka's consumer needs bootstrap.servers: Druid refuses the supervisor without it."),
    SCALER_BOUNDS(
            "SLU-2122",
            Severity.ERROR,
            "The autoscaler's bounds contradict each other: such a spec can delete the running supervisor (apache/druid #18827)."),
    STREAM_INTERVALS("SLU-2123", Severity.WARNING, "A supervisor ignores intervals."),
    NO_TASKS("SLU-2124", Severity.WARNING, "With taskCount 0, a supervisor reads nothing."),
    STREAM_FORMAT_MISSING(
            "SLU-2125", Severity.ERROR, "Druid accepts a supervisor without inputFormat, but its tasks fail."),
    SPEC_MISSING(
            "SLU-2126",
            Severity.ERROR,
            "A supervisor needs spec, or dataSchema and ioConfig at the top level (the old form)."),
    TASK_DURATION(
            "SLU-2127",
            Severity.ERROR,
            "Druid 33 accepts a taskDuration under a minute, but every task of the supervisor fails at its start."),
    SERVER_WITHOUT_PORT(
            "SLU-2128",
            Severity.ERROR,
            "A Kafka server has no port, or the list of servers cannot be read: Druid accepts the supervisor, but no task"
                    + " ever starts."),
    LATEST_BY_DEFAULT(
            "SLU-2129",
            Severity.WARNING,
            "By default, a new supervisor starts at the end of the stream: it passes over what is already there."),
    LOCK_TYPE("SLU-2130", Severity.ERROR, "Unknown lock type: the task fails at run time."),
    PRIORITY_KIND(
            "SLU-2131", Severity.ERROR, "The priority must be a number: with a text, the task fails at run time."),
    RESETS_OFFSETS(
            "SLU-2132",
            Severity.WARNING,
            "With resetOffsetAutomatically, a supervisor that lost its offset silently skips messages or reads them"
                    + " again."),
    NO_EARLY_BOUND(
            "SLU-2133",
            Severity.WARNING,
            "Timestamps are plain numbers, and nothing rejects those of the far future: one unit too small makes time"
                    + " chunks thousands of years ahead."),
    NO_LAST_RULE(
            "SLU-2140",
            Severity.WARNING,
            "The last rule does not apply to every segment: the cluster's default rules decide about the others."),
    RULE_NEVER_REACHED("SLU-2141", Severity.WARNING, "A rule after one that always applies has no effect."),
    FUTURE_DROPPED(
            "SLU-2142",
            Severity.WARNING,
            "No load rule covers the future: Druid drops segments with later timestamps as soon as they are published."),
    DATASOURCE_NAME("SLU-2150", Severity.WARNING, "The datasource's name must be URL-encoded in every API call."),
    DATASOURCE_TOO_LONG(
            "SLU-2151", Severity.ERROR, "The name is too long for the metadata store: Druid responds with 500."),
    DATASOURCE_TWO_WAYS(
            "SLU-2152",
            Severity.WARNING,
            "Druid ignores a datasource beside the spec: only the one in dataSchema counts."),
    PLACEHOLDER_NAME("SLU-2153", Severity.WARNING, "The name looks like a placeholder, but Druid takes it as it is."),
    NOT_JSON("SLU-3001", Severity.ERROR, "The text is not JSON."),
    DUPLICATE_KEY("SLU-3002", Severity.ERROR, "The key occurs twice in one object: Druid keeps only the last value."),
    TRAILING_TEXT("SLU-3003", Severity.ERROR, "There is text after the JSON document: Druid ignores it."),
    EMPTY_TEXT("SLU-3004", Severity.ERROR, "The text is empty."),
    BYTE_ORDER_MARK(
            "SLU-3005",
            Severity.WARNING,
            "The text begins with a byte order mark. Druid skips it, other JSON readers refuse it."),
    TOO_MANY_FINDINGS("SLU-3006", Severity.ERROR, "The document has more findings than these. The check stopped here."),
    TOO_LARGE("SLU-3007", Severity.ERROR, "The document is too large or too deeply nested to be checked."),
    NOT_YAML("SLU-3008", Severity.ERROR, "The text is not YAML, or has more than one document.");

    private final String id;
    private final Severity severity;
    private final String meaning;

    ContractCode(String id, Severity severity, String meaning) {
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
