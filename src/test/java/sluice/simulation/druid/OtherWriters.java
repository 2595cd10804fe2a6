package sluice.simulation.druid;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import sluice.core.batch.TimeChunk;
import sluice.platform.druid.SubmitAnswer;

/**
 * Writers that are not Sluice. Their tasks go through the same scheduler and locks as all others; each method returns the id
 * of a task that the scheduler still has to run.
 */
public final class OtherWriters {

    private static final String BUCKET = "others";

    private final Overlord overlord;
    private final SortedMap<String, InputRows> objects;
    private final Map<String, Integer> numbers = new HashMap<>();

    OtherWriters(Overlord overlord, SortedMap<String, InputRows> objects) {
        this.overlord = overlord;
        this.objects = objects;
    }

    /** Reads what other writers load, and everything else where Sluice's objects are. */
    static ObjectStorage both(ObjectStorage storage, SortedMap<String, InputRows> others) {
        return (bucket, key) ->
                bucket.equals(BUCKET) ? Optional.ofNullable(others.get(key)) : storage.read(bucket, key);
    }

    /** A person replaces time chunks, whose length is a day. */
    public String replace(String datasource, TimeChunk chunk, InputRows rows) {
        return load("person_replaces", datasource, List.of(chunk), rows, false, false);
    }

    /** A person appends to a time chunk. */
    public String append(String datasource, TimeChunk chunk, InputRows rows) {
        return load("person_appends", datasource, List.of(chunk), rows, true, false);
    }

    /** A stream's task publishes what it has read, under a lock that goes with concurrent replaces. */
    public String stream(String datasource, InputRows rows) {
        return stream(datasource, datasource, rows);
    }

    /** The same for a datasource with several supervisors, as Druid 34 and later have. */
    public String stream(String datasource, String supervisor, InputRows rows) {
        String id = next("index_kafka_" + supervisor);
        ObjectNode task = task("index_kafka", id, datasource, List.of(), rows, true, true);
        return submit(id, task.put("supervisorId", supervisor));
    }

    /** Druid's automatic compaction writes a time chunk again. */
    public String compact(String datasource, TimeChunk chunk, boolean concurrent) {
        String id = next("coordinator-issued_compact_" + datasource);
        ObjectNode task = JsonNodeFactory.instance.objectNode();
        task.put("type", "compact").put("dataSource", datasource);
        task.putObject("ioConfig")
                .put("type", "compact")
                .putObject("inputSpec")
                .put("type", "interval")
                .put("interval", chunk.interval());
        task.putObject("granularitySpec").put("segmentGranularity", "DAY");
        task.putObject("context").put("storeCompactionState", true).put("useConcurrentLocks", concurrent);
        return submit(id, task);
    }

    private String load(
            String kind,
            String datasource,
            List<TimeChunk> chunks,
            InputRows rows,
            boolean appends,
            boolean concurrent) {
        String id = next(kind + "_" + datasource);
        return submit(id, task("index_parallel", id, datasource, chunks, rows, appends, concurrent));
    }

    private ObjectNode task(
            String type,
            String id,
            String datasource,
            List<TimeChunk> chunks,
            InputRows rows,
            boolean appends,
            boolean concurrent) {
        objects.put(id, rows);
        ObjectNode task = JsonNodeFactory.instance.objectNode();
        task.put("type", type);
        ObjectNode spec = task.putObject("spec");
        ObjectNode granularity = spec.putObject("dataSchema")
                .put("dataSource", datasource)
                .putObject("granularitySpec")
                .put("segmentGranularity", "DAY")
                .put("rollup", false);
        chunks.forEach(chunk -> granularity.withArray("intervals").add(chunk.interval()));
        ObjectNode io = spec.putObject("ioConfig");
        io.putObject("inputSource")
                .put("type", "s3")
                .putArray("objects")
                .addObject()
                .put("bucket", BUCKET)
                .put("path", id);
        io.put("appendToExisting", appends).put("dropExisting", !appends);
        task.putObject("context").put("useConcurrentLocks", concurrent);
        return task;
    }

    private String submit(String id, ObjectNode task) {
        if (!(overlord.submit(id, task.toString()) instanceof SubmitAnswer.Accepted)) {
            throw new IllegalStateException("Druid did not accept " + task);
        }
        return id;
    }

    private String next(String prefix) {
        return prefix + "_" + numbers.merge(prefix, 1, Integer::sum);
    }
}
