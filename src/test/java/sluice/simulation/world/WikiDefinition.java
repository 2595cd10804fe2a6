package sluice.simulation.world;

/** The definition of the datasource {@code wiki}, whose files under {@code wiki/} say in their keys which time chunk they belong to. */
public final class WikiDefinition {

    private WikiDefinition() {}

    /**
     * Returns the definition as YAML.
     *
     * @param granularity Druid's segment granularity, such as {@code DAY}
     * @param timeChunk the pattern of the keys' time chunk, such as {@code 'dt='yyyy-MM-dd}
     */
    public static String of(String mode, String granularity, String timeChunk) {
        return """
                apiVersion: sluice/v1
                datasource: wiki
                clusters: [main]
                schema:
                  timestampSpec: {column: time, format: iso}
                  dimensionsSpec: {dimensions: [page]}
                  granularitySpec: {segmentGranularity: %s, queryGranularity: NONE, rollup: false}
                batch:
                  source: {type: s3, bucket: %s, prefix: wiki/, timeChunk: "%s"}
                  inputFormat: {type: json}
                  mode: %s
                  partitions: {type: dynamic}
                  trigger: {on: object, settle: PT1M}
                """
                .formatted(granularity, World.LANDING, timeChunk, mode);
    }
}
