package sluice.simulation.druid;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import sluice.core.batch.TimeChunk;

/** Tasks as Sluice submits them. */
final class TaskJson {

    private final ObjectNode task = JsonNodeFactory.instance.objectNode();

    private TaskJson() {}

    static TaskJson replace(String datasource, TimeChunk chunk, String... keys) {
        return load(datasource, chunk, false, keys);
    }

    static TaskJson append(String datasource, TimeChunk chunk, String... keys) {
        return load(datasource, chunk, true, keys);
    }

    private static TaskJson load(String datasource, TimeChunk chunk, boolean appends, String... keys) {
        TaskJson json = new TaskJson();
        ObjectNode spec = json.task.put("type", "index_parallel").putObject("spec");
        spec.putObject("dataSchema")
                .put("dataSource", datasource)
                .putObject("granularitySpec")
                .put("segmentGranularity", "DAY")
                .put("rollup", false)
                .putArray("intervals")
                .add(chunk.interval());
        ObjectNode io = spec.putObject("ioConfig");
        ArrayNode objects = io.putObject("inputSource").put("type", "s3").putArray("objects");
        for (String key : keys) {
            objects.addObject().put("bucket", "landing").put("path", key);
        }
        io.put("appendToExisting", appends).put("dropExisting", !appends);
        spec.putObject("tuningConfig").put("maxParseExceptions", 0).put("maxSavedParseExceptions", 5);
        return json;
    }

    static String kill(String datasource, TimeChunk interval) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", "kill")
                .put("dataSource", datasource)
                .put("interval", interval.interval())
                .toString();
    }

    TaskJson concurrent() {
        task.withObjectProperty("context").put("useConcurrentLocks", true);
        return this;
    }

    TaskJson priority(int priority) {
        task.withObjectProperty("context").put("priority", priority);
        return this;
    }

    TaskJson rowsPerSegment(long rows) {
        ((ObjectNode) task.at("/spec/tuningConfig")).putObject("partitionsSpec").put("maxRowsPerSegment", rows);
        return this;
    }

    @Override
    public String toString() {
        return task.toString();
    }
}
