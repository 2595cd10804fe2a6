package sluice.core.contract;

/**
 * What a finding of the contract can be. Codes are stable: a number is never given to something else. {@code SLU-1xxx}
 * is about shape, {@code SLU-2xxx} about meaning across fields, {@code SLU-3xxx} about the text itself.
 */
enum ContractCode {
    UNKNOWN_FIELD("SLU-1001", Severity.ERROR, "Druid has no such field and would ignore it without a word."),
    MISSING_FIELD("SLU-1002", Severity.ERROR, "Druid needs this field."),
    WRONG_KIND("SLU-1003", Severity.ERROR, "The value is of a kind that Druid cannot read here, or reads as another."),
    WRONG_VALUE("SLU-1004", Severity.ERROR, "Only certain values are allowed here."),
    UNKNOWN_TYPE("SLU-1005", Severity.ERROR, "No such type: Druid would refuse it or silently take its default."),
    OUT_OF_RANGE("SLU-1006", Severity.ERROR, "The number is outside of what Druid can work with."),
    MALFORMED_TEXT("SLU-1007", Severity.ERROR, "The text does not have the form that Druid reads here."),
    COERCED("SLU-1008", Severity.WARNING, "Druid reads the value, but it is written as another kind."),
    ANSWER_ONLY(
            "SLU-1009",
            Severity.WARNING,
            "Druid derives this field and writes it in its answers; it does not read it."),
    DEPRECATED("SLU-1010", Severity.WARNING, "Druid still reads this field; there is a better way to say it."),
    WRONG_LEVEL("SLU-1012", Severity.ERROR, "The field belongs elsewhere; here Druid would ignore it."),
    TOO_FEW("SLU-1013", Severity.ERROR, "The list must have more entries."),
    NOT_LOADED("SLU-1014", Severity.ERROR, "The type comes from an extension that the cluster does not load."),
    INTERVAL_IMPOSSIBLE(
            "SLU-2001",
            Severity.ERROR,
            "An interval with a date that does not exist, or that ends before it starts: Druid refuses it."),
    INTERVAL_EMPTY(
            "SLU-2002",
            Severity.WARNING,
            "An interval without length: Druid takes it, loads nothing and says SUCCESS."),
    INTERVALS_MISSING(
            "SLU-2003",
            Severity.WARNING,
            "A batch task without intervals overwrites whatever time chunks occur in the data."),
    DROP_WITHOUT_INTERVALS("SLU-2004", Severity.ERROR, "dropExisting needs intervals: Druid refuses it without."),
    INTERVAL_MISALIGNED(
            "SLU-2005",
            Severity.WARNING,
            "Druid widens an interval to whole time chunks: rows outside of it are replaced or loaded too."),
    INTERVALS_OVERLAP("SLU-2006", Severity.WARNING, "Intervals that overlap are taken together without a word."),
    QUERY_COARSER_THAN_SEGMENT(
            "SLU-2007",
            Severity.WARNING,
            "queryGranularity coarser than segmentGranularity truncates timestamps to before their segment."),
    SEGMENT_GRANULARITY_NONE(
            "SLU-2008",
            Severity.ERROR,
            "segmentGranularity NONE makes a time chunk per millisecond: such a task does not finish."),
    ARBITRARY_WITHOUT_INTERVALS(
            "SLU-2009",
            Severity.ERROR,
            "granularitySpec arbitrary takes its time chunks from intervals: the task fails without."),
    SEGMENT_GRANULARITY_ALL(
            "SLU-2010",
            Severity.WARNING,
            "segmentGranularity ALL puts all time into one chunk: nothing can be replaced or dropped by time."),
    APPEND_COARSER_THAN_REPLACE(
            "SLU-2011",
            Severity.ERROR,
            "Appending with a coarser granularity than compaction leaves makes the appending tasks fail (apache/druid #11906)."),
    DIMENSIONS_MISSING(
            "SLU-2020",
            Severity.ERROR,
            "A task without dimensionsSpec fails when it runs (NullPointerException: inputRowParser)."),
    SCHEMALESS("SLU-2021", Severity.INFO, "Without dimensions every field of the data becomes a string column."),
    DIMENSION_TWICE("SLU-2022", Severity.ERROR, "The same dimension twice: Druid refuses it."),
    DIMENSION_IS_METRIC("SLU-2023", Severity.ERROR, "A dimension and a metric of one name: Druid refuses it."),
    TIME_COLUMN_NAME(
            "SLU-2024", Severity.ERROR, "__time is Druid's own column: no dimension or metric may be called so."),
    DIMENSION_EXCLUDED("SLU-2025", Severity.ERROR, "A dimension that is also excluded: Druid refuses it."),
    NAME_EMPTY("SLU-2026", Severity.ERROR, "A dimension or metric without a name: Druid refuses it."),
    NAMES_DIFFER_IN_CASE("SLU-2027", Severity.WARNING, "Names that differ only in case are two columns."),
    DIMENSION_IS_TIMESTAMP(
            "SLU-2028",
            Severity.WARNING,
            "The timestamp column as a dimension is stored twice and keeps rows from rolling up."),
    NAME_NEEDS_QUOTES(
            "SLU-2029", Severity.INFO, "The name must be in double quotes in every SQL query and expression."),
    METRIC_TWICE("SLU-2040", Severity.ERROR, "The same metric name twice: Druid refuses it."),
    METRIC_INPUT(
            "SLU-2041",
            Severity.ERROR,
            "A metric needs either a fieldName or an expression: Druid refuses both and neither."),
    METRIC_READS_METRIC(
            "SLU-2042",
            Severity.WARNING,
            "The metric reads the name that another metric writes, which the input does not have: it would count nothing."),
    COUNT_AGAIN(
            "SLU-2043",
            Severity.WARNING,
            "count over data that is rolled up counts stored rows, not events: sum the earlier count instead."),
    NOT_COMBINING(
            "SLU-2044",
            Severity.WARNING,
            "Over data that is rolled up a metric must read its own column, in the form that merges."),
    SKETCH_SIZE("SLU-2045", Severity.ERROR, "The size of a theta sketch must be a power of two: Druid refuses others."),
    TRANSFORM_TWICE("SLU-2050", Severity.ERROR, "Two transforms of one name: Druid refuses it."),
    EXPRESSION_MALFORMED(
            "SLU-2051",
            Severity.ERROR,
            "Druid's parser cannot read the expression as it stands: it leaves parts out and goes on, or the task fails when it runs."),
    FUNCTION_UNKNOWN("SLU-2052", Severity.ERROR, "Druid has no such function: the task fails when it runs."),
    INPUT_FORMAT_MISSING(
            "SLU-2060",
            Severity.ERROR,
            "This inputSource delivers bytes and needs an inputFormat: Druid refuses the spec without."),
    COLUMNS_UNKNOWN(
            "SLU-2061",
            Severity.ERROR,
            "Text columns need either names or a header: Druid refuses the format without."),
    COLUMNS_AND_HEADER(
            "SLU-2062",
            Severity.WARNING,
            "With columns and findColumnsFromHeader the first line is taken as a header and lost."),
    COLUMN_TWICE("SLU-2063", Severity.WARNING, "A column name twice: only the last of them can be read."),
    LOCAL_FILES(
            "SLU-2064",
            Severity.ERROR,
            "A local inputSource needs a baseDir with a filter, or files: Druid refuses it without."),
    URI_SCHEME("SLU-2065", Severity.ERROR, "An http inputSource reads http and https only: Druid refuses others."),
    DRUID_INTERVAL(
            "SLU-2066",
            Severity.ERROR,
            "A druid inputSource needs either an interval or segments: Druid refuses both and neither."),
    OBJECTS_ONE_WAY(
            "SLU-2067",
            Severity.ERROR,
            "Objects are named by exactly one of uris, prefixes and objects: Druid refuses anything else."),
    TIMESTAMP_FORMAT(
            "SLU-2068",
            Severity.ERROR,
            "The timestamp format is neither one of Druid's names nor a pattern that it can read."),
    TIMESTAMP_SPEC_MISSING(
            "SLU-2069",
            Severity.ERROR,
            "Druid needs to know where a row's time is: it refuses a dataSchema without timestampSpec."),
    TIMESTAMP_DEFAULT(
            "SLU-2070",
            Severity.WARNING,
            "Without a column Druid looks for 'timestamp': rows that lack it are dropped and the task says SUCCESS."),
    FLATTEN_FIELD("SLU-2071", Severity.ERROR, "A field of flattenSpec lacks what its type needs: Druid refuses it."),
    ROWS_TWO_WAYS("SLU-2080", Severity.WARNING, "A partitionsSpec wins over sizes beside it, which are ignored."),
    ROLLUP_NEEDS_PARTITIONS(
            "SLU-2081",
            Severity.ERROR,
            "Guaranteed rollup works with hashed, range or single_dim partitions only: Druid refuses dynamic."),
    PARTITIONS_NEED_ROLLUP(
            "SLU-2082",
            Severity.ERROR,
            "These partitions need forceGuaranteedRollup: true: Druid refuses them without."),
    HASHED_TWO_SIZES(
            "SLU-2083",
            Severity.ERROR,
            "Hashed partitions take a number of shards or a number of rows, not both: Druid refuses both."),
    RANGE_SIZE(
            "SLU-2084",
            Severity.ERROR,
            "Range partitions take exactly one of targetRowsPerSegment and maxRowsPerSegment."),
    APPEND_WITH_ROLLUP("SLU-2085", Severity.ERROR, "Appending cannot guarantee rollup: Druid refuses both together."),
    APPEND_WITH_DROP(
            "SLU-2086",
            Severity.ERROR,
            "Appending and dropping what exists contradict each other: Druid refuses both together."),
    RANGE_NOT_SPLITTABLE(
            "SLU-2087",
            Severity.ERROR,
            "Range partitions need an inputSource that can be split: the task fails when it runs."),
    PARTITION_DIMENSION("SLU-2088", Severity.WARNING, "Partitioned by something that is not a dimension of the spec."),
    PARSE_LIMIT_IGNORED(
            "SLU-2089",
            Severity.WARNING,
            "With reportParseExceptions the first bad row fails the task: maxParseExceptions is ignored."),
    PARSE_LOSS_HIDDEN(
            "SLU-2090",
            Severity.INFO,
            "Rows that cannot be read are left out without limit and without a trace; the task still says SUCCESS."),
    ROWS_IN_MEMORY(
            "SLU-2091",
            Severity.WARNING,
            "Fewer rows in memory than one: Druid takes it for without limit and may run out of memory."),
    ROLLUP_WITHOUT_PARTITIONS(
            "SLU-2092",
            Severity.INFO,
            "Guaranteed rollup without a partitionsSpec uses hashed partitions of Druid's own choice."),
    ONE_SUBTASK("SLU-2093", Severity.INFO, "Without maxNumConcurrentSubTasks an index_parallel task runs in sequence."),
    ROLLUP_OFF_WITH_METRICS(
            "SLU-2094", Severity.INFO, "Without rollup a metric is one value per row, and count is always 1."),
    RANGE_DIMENSION(
            "SLU-2095",
            Severity.ERROR,
            "Range partitions need the dimensions to range over: Druid refuses them without."),
    SIZE_ZERO("SLU-2096", Severity.ERROR, "A size of 0 rows or shards: Druid refuses it."),
    COMPACT_INPUT("SLU-2100", Severity.ERROR, "A compact task needs exactly one of ioConfig, interval and segments."),
    KILL_FOR_EVER(
            "SLU-2110",
            Severity.WARNING,
            "A kill task over all time waits for every lock of the datasource and never ends (apache/druid #10508)."),
    TOPIC_ONE_WAY(
            "SLU-2120",
            Severity.ERROR,
            "A kafka supervisor reads either a topic or a topicPattern: Druid refuses both and neither."),
    BOOTSTRAP_SERVERS(
            "SLU-2121",
            Severity.ERROR,
            "Kafka's consumer needs bootstrap.servers: Druid refuses the supervisor without."),
    SCALER_BOUNDS(
            "SLU-2122",
            Severity.ERROR,
            "The auto scaler's bounds contradict each other; such a spec once deleted the running supervisor (apache/druid #18827)."),
    STREAM_INTERVALS("SLU-2123", Severity.WARNING, "A supervisor ignores intervals."),
    NO_TASKS("SLU-2124", Severity.WARNING, "With taskCount 0 a supervisor reads nothing."),
    STREAM_FORMAT_MISSING(
            "SLU-2125", Severity.ERROR, "Druid takes a supervisor without inputFormat, and its tasks fail."),
    SPEC_MISSING(
            "SLU-2126",
            Severity.ERROR,
            "A supervisor needs spec, or dataSchema and ioConfig beside its type as it once was."),
    TASK_DURATION(
            "SLU-2127",
            Severity.ERROR,
            "Druid 33 takes a taskDuration under a minute, and every task of the supervisor fails as it starts."),
    LOCK_TYPE("SLU-2130", Severity.ERROR, "No such lock type: the task fails when it runs."),
    PRIORITY_KIND("SLU-2131", Severity.ERROR, "The priority must be a number: as text the task fails when it runs."),
    NO_LAST_RULE(
            "SLU-2140",
            Severity.WARNING,
            "Rules that do not end in one that always applies: what none of them matches falls to the cluster's defaults."),
    RULE_NEVER_REACHED("SLU-2141", Severity.WARNING, "A rule after one that always applies is never reached."),
    DATASOURCE_NAME("SLU-2150", Severity.WARNING, "The datasource's name must be encoded in every later call."),
    DATASOURCE_TOO_LONG(
            "SLU-2151", Severity.ERROR, "The metadata store cannot hold a name as long: Druid answers 500."),
    DATASOURCE_TWO_WAYS(
            "SLU-2152", Severity.WARNING, "A datasource named beside the spec is ignored: the dataSchema's counts."),
    NOT_JSON("SLU-3001", Severity.ERROR, "The text is not JSON."),
    DUPLICATE_KEY("SLU-3002", Severity.ERROR, "The same key twice in one object: Druid keeps only the last."),
    TRAILING_TEXT("SLU-3003", Severity.ERROR, "Something follows the JSON document: Druid ignores it."),
    EMPTY_TEXT("SLU-3004", Severity.ERROR, "The text is empty.");

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
