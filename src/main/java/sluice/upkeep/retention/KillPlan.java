package sluice.upkeep.retention;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import sluice.core.batch.TimeChunk;
import sluice.core.json.CanonicalJson;
import sluice.platform.druid.UnusedSegment;

/**
 * One kill task, which permanently deletes exactly these segments.
 *
 * @param chunks the time chunks that it locks; adjacent, so that the task's interval covers nothing else
 * @param segments the segments that it deletes
 */
record KillPlan(List<TimeChunk> chunks, List<UnusedSegment> segments) {

    /** Segments that Druid deletes in one transaction; Druid's own default. */
    private static final int BATCH_SIZE = 100;

    KillPlan {
        chunks = List.copyOf(chunks);
        segments = List.copyOf(segments);
    }

    TimeChunk interval() {
        return new TimeChunk(
                chunks.get(0).start(), chunks.get(chunks.size() - 1).end());
    }

    /** Returns a hash of the segment ids: the same set is the same run, however often it is planned. */
    String identity() {
        return CanonicalJson.sha256(
                segments.stream().map(UnusedSegment::id).sorted().collect(Collectors.joining("\n")));
    }

    /**
     * Returns {@code {type: kill, dataSource, interval, versions, batchSize, limit, maxUsedStatusLastUpdatedTime,
     * context}}. The limits fit exactly this set: the task deletes no segment that is marked unused later, not even in the
     * same chunk.
     */
    ObjectNode task(String datasource) {
        ObjectNode task = JsonNodeFactory.instance
                .objectNode()
                .put("type", "kill")
                .put("dataSource", datasource)
                .put("interval", interval().interval());
        versions().forEach(task.putArray("versions")::add);
        task.put("batchSize", BATCH_SIZE)
                .put("limit", segments.size())
                .put("maxUsedStatusLastUpdatedTime", latest(segments).toString());
        task.putObject("context")
                .put(KillVerification.BYTES, SegmentTotals.ofUnused(segments).bytes());
        return task;
    }

    List<String> versions() {
        return segments.stream().map(UnusedSegment::version).distinct().sorted().toList();
    }

    /** Returns when the last of the segments was marked unused. */
    static Instant latest(Collection<UnusedSegment> segments) {
        return segments.stream()
                .map(UnusedSegment::since)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
    }
}
