package sluice.ingest;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import sluice.sandbox.s3.S3;

/** The text of a definition, with the parts that tests vary. */
public final class DefinitionText {

    private final String datasource;
    private final Map<String, String> batch = new LinkedHashMap<>();
    private final Map<String, String> parts = new LinkedHashMap<>();
    private boolean hasBatch = true;
    private String cluster = "main";
    private String granularity = "{segmentGranularity: DAY, queryGranularity: NONE, rollup: false}";
    private String dimensions = "channel, page, {type: long, name: added}";
    private String metrics = "{type: count, name: rows_read}";
    private String timeChunk = "'dt='yyyy-MM-dd";

    public DefinitionText(String datasource) {
        this.datasource = datasource;
        batch.put("inputFormat", "auto");
        batch.put("mode", "replace");
        batch.put("trigger", "{on: object, settle: PT0S}");
    }

    public DefinitionText cluster(String name) {
        cluster = name;
        return this;
    }

    public DefinitionText granularity(String spec) {
        granularity = spec;
        return this;
    }

    /** The dimensions, separated by commas. */
    public DefinitionText dimensions(String list) {
        dimensions = list;
        return this;
    }

    /** The metrics, separated by commas. */
    public DefinitionText metrics(String list) {
        metrics = list;
        return this;
    }

    public DefinitionText timeChunk(String pattern) {
        timeChunk = pattern;
        return this;
    }

    /** A field of the batch part, its value in YAML's flow style. */
    public DefinitionText batch(String field, String value) {
        batch.put(field, value);
        return this;
    }

    /** Takes the batch part away. */
    public DefinitionText withoutBatch() {
        hasBatch = false;
        return this;
    }

    /** A further part of the definition, its value in YAML's flow style. */
    public DefinitionText part(String name, String value) {
        parts.put(name, value);
        return this;
    }

    @Override
    public String toString() {
        return """
                apiVersion: sluice/v1
                datasource: %s
                clusters: [%s]
                schema:
                  timestampSpec: {column: time, format: auto}
                  dimensionsSpec: {dimensions: [%s]}
                  metricsSpec: [%s]
                  granularitySpec: %s
                %s
                %s
                """
                .formatted(
                        datasource,
                        cluster,
                        dimensions,
                        metrics,
                        granularity,
                        hasBatch ? batch() : "",
                        lines("", parts));
    }

    private String batch() {
        return """
                batch:
                  source: {type: s3, bucket: %s, prefix: %s/, timeChunk: "%s"}
                %s"""
                .formatted(S3.LANDING, datasource, timeChunk, lines("  ", batch));
    }

    private static String lines(String indent, Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> indent + field.getKey() + ": " + field.getValue())
                .collect(Collectors.joining("\n"));
    }
}
