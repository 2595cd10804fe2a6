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
    private String cluster = "main";
    private String granularity = "{segmentGranularity: DAY, queryGranularity: NONE, rollup: false}";
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

    public DefinitionText timeChunk(String pattern) {
        timeChunk = pattern;
        return this;
    }

    /** A field of the batch part, its value in YAML's flow style. */
    public DefinitionText batch(String field, String value) {
        batch.put(field, value);
        return this;
    }

    /** A further part of the definition, its value in YAML's flow style. */
    public DefinitionText part(String name, String value) {
        parts.put(name, value);
        return this;
    }

    @Override
    public String toString() {
        String fields = lines("  ", batch);
        return """
                apiVersion: sluice/v1
                datasource: %s
                clusters: [%s]
                schema:
                  timestampSpec: {column: time, format: auto}
                  dimensionsSpec: {dimensions: [channel, page, {type: long, name: added}]}
                  metricsSpec: [{type: count, name: rows_read}]
                  granularitySpec: %s
                batch:
                  source: {type: s3, bucket: %s, prefix: %s/, timeChunk: "%s"}
                %s
                %s
                """
                .formatted(
                        datasource, cluster, granularity, S3.LANDING, datasource, timeChunk, fields, lines("", parts));
    }

    private static String lines(String indent, Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> indent + field.getKey() + ": " + field.getValue())
                .collect(Collectors.joining("\n"));
    }
}
