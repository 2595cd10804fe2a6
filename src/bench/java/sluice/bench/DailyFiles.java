package sluice.bench;

import sluice.sandbox.s3.S3;

/** A datasource that loads one file a day in {@code replace} mode, as soon as it arrives. */
final class DailyFiles {

    private DailyFiles() {}

    /** @param datasource also the first folder of its files */
    static String definition(String datasource, String cluster) {
        return """
                apiVersion: sluice/v1
                datasource: %1$s
                clusters: [%2$s]
                schema:
                  timestampSpec: {column: time, format: auto}
                  dimensionsSpec: {dimensions: [page]}
                  granularitySpec: {segmentGranularity: DAY, queryGranularity: NONE, rollup: false}
                batch:
                  source: {type: s3, bucket: %3$s, prefix: %1$s/, timeChunk: "'dt='yyyy-MM-dd"}
                  inputFormat: auto
                  mode: replace
                  trigger: {on: object, settle: PT0S}
                """
                .formatted(datasource, cluster, S3.LANDING);
    }

    /** Returns the key of a day of January 2026. */
    static String key(String datasource, int day) {
        return datasource + "/dt=" + date(day) + "/a.json";
    }

    static String date(int day) {
        return "2026-01-%02d".formatted(day);
    }
}
