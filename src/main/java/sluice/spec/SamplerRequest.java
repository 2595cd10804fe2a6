package sluice.spec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What Druid's sampler takes, made from a spec. */
public final class SamplerRequest {

    private SamplerRequest() {}

    /**
     * One sampler request per queryGranularity, each with rollup on, in the order given.
     *
     * @param numRows at most 5000, Druid's own limit
     * @param timeoutMs how long Druid may read
     */
    public static Map<String, ObjectNode> of(
            ObjectNode spec, List<String> queryGranularities, int numRows, int timeoutMs) {
        return new LinkedHashMap<>();
    }
}
