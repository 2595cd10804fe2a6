package sluice.core.definition;

import java.util.Map;
import sluice.core.definition.reader.DefinitionReader;
import sluice.core.definition.reader.ReadResult;

/** Definitions that tests begin with. */
public final class Definitions {

    /** The definition of the documentation, with every part. */
    public static final String WIKIPEDIA =
            """
            apiVersion: sluice/v1
            datasource: wikipedia
            clusters: [main]
            schema:
              timestampSpec: {column: time, format: auto}
              dimensionsSpec: {dimensions: [channel, page, {type: long, name: added}]}
              metricsSpec: [{type: count, name: count}, {type: longSum, name: added_sum, fieldName: added}]
              granularitySpec: {segmentGranularity: DAY, queryGranularity: HOUR, rollup: true}
            batch:
              source: {type: s3, bucket: "${LANDING_BUCKET}", prefix: wikipedia/, timeChunk: "'dt='yyyy-MM-dd"}
              inputFormat: auto
              mode: replace
              trigger: {on: object, settle: PT1M}
              tuningConfig: {}
              partitions: auto
              expect: {rows: {min: 1}, unparseable: {max: 0}, thrownAway: {max: 0}}
              onViolation: rollback
            stream:
              - {type: kafka, topic: wikipedia, consumerProperties: {bootstrap.servers: "${KAFKA:-localhost:9092}"}, taskCount: 1}
            retention: {keep: P365D, hot: P30D, tiers: {hot: 2, _default_tier: 1}, purgeAfter: P7D}
            compaction: {engine: native, skipOffsetFromLatest: P1D}
            queries: [{interval: P1D, granularity: HOUR, filters: [channel]}]
            drift: fail
            """;

    /** The smallest definition that loads files. */
    public static final String MINIMAL =
            """
            apiVersion: sluice/v1
            datasource: events
            clusters: [main]
            schema:
              timestampSpec: {column: time, format: iso}
              dimensionsSpec: {dimensions: [page]}
              granularitySpec: {segmentGranularity: DAY, rollup: false}
            batch:
              source: {type: s3, bucket: landing, prefix: events/, timeChunk: "'dt='yyyy-MM-dd"}
              mode: append
            """;

    public static final Map<String, String> VARIABLES = Map.of("LANDING_BUCKET", "landing", "KAFKA", "");

    private Definitions() {}

    /** The definition in the text, which has to be valid. */
    public static Definition of(String text) {
        ReadResult result = DefinitionReader.read(text, "definition.yaml", VARIABLES);
        if (result instanceof ReadResult.Valid valid) {
            return valid.definition();
        }
        throw new AssertionError("Not a definition: " + result.findings());
    }
}
