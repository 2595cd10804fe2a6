package sluice.platform.druid;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Collection;
import sluice.core.batch.TimeChunk;

/**
 * A lock that a task holds on a span of time.
 *
 * @param type EXCLUSIVE, SHARED, APPEND or REPLACE
 * @param group the task, or the group of tasks, that holds it
 */
public record TaskLock(Instant start, Instant end, String type, String group) {

    static TaskLock of(JsonNode lock) {
        TimeChunk interval = DruidTime.interval(lock.path("interval").asText());
        return new TaskLock(
                interval.start(),
                interval.end(),
                lock.path("type").asText(),
                lock.path("groupId").asText());
    }

    /** Returns true if the task appends beside others that append or replace. */
    public boolean isOfAppend() {
        return type.equals("APPEND");
    }

    /** Returns true if the lock overlaps one of the time chunks. */
    public boolean overlaps(Collection<TimeChunk> chunks) {
        return chunks.stream().anyMatch(chunk -> start.isBefore(chunk.end()) && end.isAfter(chunk.start()));
    }
}
