package sluice.core.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Requests for Druid's sampler ({@code POST /druid/indexer/v1/sampler}), made from a spec, and the rollup ratio in its
 * response. The sampler accepts the type {@code index} and refuses {@code index_parallel}.
 */
public final class SamplerRequest {

    /** Druid's limit for a sample. */
    public static final int MOST_ROWS = 5_000;

    /** A sample reads at most this many objects, spread evenly over the batch. */
    private static final int MOST_OBJECTS = 10;

    private SamplerRequest() {}

    /**
     * Returns one request per queryGranularity, each with rollup, in the given order.
     *
     * @param spec a generated spec, with or without presigned addresses
     * @param numRows rows to read, 1 to 5000
     * @param timeoutMs how long Druid may read
     * @return {@code {type: index, spec: {...}, samplerConfig: {numRows, timeoutMs}}} by queryGranularity
     */
    public static Map<String, ObjectNode> of(
            ObjectNode spec, List<String> queryGranularities, int numRows, int timeoutMs) {
        if (numRows < 1 || numRows > MOST_ROWS) {
            throw new IllegalArgumentException("numRows: " + numRows + " is not between 1 and " + MOST_ROWS);
        }
        Map<String, ObjectNode> requests = new LinkedHashMap<>();
        for (String queryGranularity : queryGranularities) {
            ObjectNode request = JsonNodeFactory.instance.objectNode().put("type", "index");
            ObjectNode sampled = request.putObject("spec");
            sampled.set("dataSchema", spec.at("/spec/dataSchema").deepCopy());
            sampled.withObject("/dataSchema/granularitySpec")
                    .put("queryGranularity", queryGranularity)
                    .put("rollup", true);
            ObjectNode ioConfig = sampled.putObject("ioConfig").put("type", "index");
            ioConfig.set("inputSource", fewer(spec.at("/spec/ioConfig/inputSource")));
            ioConfig.set("inputFormat", spec.at("/spec/ioConfig/inputFormat").deepCopy());
            sampled.putObject("tuningConfig").put("type", "index");
            request.putObject("samplerConfig").put("numRows", numRows).put("timeoutMs", timeoutMs);
            requests.put(queryGranularity, request);
        }
        return requests;
    }

    /**
     * Returns the rows stored per row read in a sampler's response. Druid shows each stored row beside the first of its
     * input rows; the other input rows appear without a {@code parsed} part.
     *
     * @return 0 to 1; empty if no row of the sample could be read
     */
    public static OptionalDouble rollupRatio(JsonNode answer) {
        long read = answer.path("numRowsIndexed").asLong();
        long stored = 0;
        for (JsonNode row : answer.path("data")) {
            boolean unparseable = row.path("unparseable").asBoolean();
            stored += row.hasNonNull("parsed") && !unparseable ? 1 : 0;
        }
        return read > 0 && stored > 0
                ? OptionalDouble.of(Math.min(1.0, (double) stored / read))
                : OptionalDouble.empty();
    }

    private static JsonNode fewer(JsonNode inputSource) {
        ObjectNode few = inputSource.deepCopy();
        for (String list : List.of("objects", "uris")) {
            if (few.get(list) instanceof ArrayNode all && all.size() > MOST_OBJECTS) {
                ArrayNode chosen = few.putArray(list);
                for (int index = 0; index < MOST_OBJECTS; index++) {
                    chosen.add(all.get(index * all.size() / MOST_OBJECTS));
                }
            }
        }
        return few;
    }
}
