package sluice.upkeep.sizing;

import sluice.core.contract.Finding;
import sluice.core.contract.Severity;

/** What advice about sizes can say. All of it only informs. */
public enum SizingCode {
    /** How large the segments are, against the target. */
    SEGMENT_SIZES("SLU-0920", "https://druid.apache.org/docs/latest/operations/segment-optimization"),
    /** Another length of time chunks would give better segments. */
    SEGMENT_GRANULARITY("SLU-0921", "https://druid.apache.org/docs/latest/ingestion/ingestion-spec#granularityspec"),
    /** Times are stored more, or less, finely than they are asked by. */
    QUERY_GRANULARITY("SLU-0922", "https://druid.apache.org/docs/latest/ingestion/rollup"),
    /** Other partitions would fit the sizes, or the queries' filters. */
    PARTITIONS("SLU-0923", "https://druid.apache.org/docs/latest/ingestion/native-batch#partitionsspec"),
    /** What rollup saves, as measured. */
    ROLLUP_RATIO("SLU-0924", "https://druid.apache.org/docs/latest/ingestion/rollup#measuring-rollup-ratio"),
    /** Time chunks of many small segments, which nobody compacts. */
    SMALL_SEGMENTS("SLU-0925", "https://druid.apache.org/docs/latest/data-management/compaction");

    private final String code;
    private final String url;

    SizingCode(String code, String url) {
        this.code = code;
        this.url = url;
    }

    public String code() {
        return code;
    }

    Finding finding(String pointer, String message, String expected) {
        return new Finding(code, Severity.INFO, pointer, null, null, message, expected, null, url);
    }
}
