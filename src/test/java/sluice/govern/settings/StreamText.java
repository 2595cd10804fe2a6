package sluice.govern.settings;

/** The text of a definition that has a stream, with the parts that tests vary. */
final class StreamText {

    private final String datasource;
    private String stream = "";
    private String rest = "";
    private String dimensions = "[page]";

    StreamText(String datasource) {
        this.datasource = datasource;
    }

    /**
     * Consumers that give up after seconds: ending a supervisor waits for its consumer.
     *
     * @param more further fields, such as {@code ", taskCount: 2"}
     */
    StreamText kafka(String servers, String more) {
        stream =
                """
                stream:
                  - {type: kafka, topic: %s, consumerProperties: {bootstrap.servers: "%s", default.api.timeout.ms: "5000"}%s}
                """
                        .formatted(datasource, servers, more);
        return this;
    }

    StreamText withoutStream() {
        stream = "";
        return this;
    }

    StreamText dimensions(String names) {
        dimensions = names;
        return this;
    }

    /** Further parts of the definition. */
    StreamText and(String parts) {
        rest = parts + "\n";
        return this;
    }

    @Override
    public String toString() {
        return """
                apiVersion: sluice/v1
                datasource: %s
                clusters: [main]
                schema:
                  timestampSpec: {column: time, format: auto}
                  dimensionsSpec: {dimensions: %s}
                  granularitySpec: {segmentGranularity: DAY, queryGranularity: NONE, rollup: false}
                """
                        .formatted(datasource, dimensions)
                + stream
                + rest;
    }
}
