package sluice.upkeep.sizing;

import org.jspecify.annotations.Nullable;
import sluice.core.contract.Finding;
import sluice.core.contract.Severity;

/** Codes of advice on sizes. All of them only inform. */
public enum SizingCode {
    /** Sizes of the segments, compared with the target. */
    SEGMENT_SIZES("SLU-0920", "https://druid.apache.org/docs/latest/operations/segment-optimization"),
    /** Time chunks of another length would give better segments. */
    SEGMENT_GRANULARITY("SLU-0921", "https://druid.apache.org/docs/latest/ingestion/ingestion-spec#granularityspec"),
    /** Times are stored more finely, or less finely, than queries need. */
    QUERY_GRANULARITY("SLU-0922", "https://druid.apache.org/docs/latest/ingestion/rollup"),
    /** Other partitions would fit the sizes, or the filters of queries. */
    PARTITIONS("SLU-0923", "https://druid.apache.org/docs/latest/ingestion/native-batch#partitionsspec"),
    /** What rollup saves, as measured. */
    ROLLUP_RATIO("SLU-0924", "https://druid.apache.org/docs/latest/ingestion/rollup#measuring-rollup-ratio"),
    /** Time chunks with many small segments, which nothing compacts. */
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

    Finding finding(String pointer, String message, @Nullable String expected) {
        return new Finding(code, Severity.INFO, pointer, null, null, message, expected, null, url);
    }
}
