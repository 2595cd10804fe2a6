package sluice.platform.druid;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * A lock that a task holds on a span of time.
 *
 * @param type EXCLUSIVE, SHARED, APPEND or REPLACE
 * @param group the task, or the group of tasks, that holds it
 */
public record TaskLock(Instant start, Instant end, String type, String group) {

    static TaskLock of(JsonNode lock) {
        String[] ends = lock.path("interval").asText().split("/");
        return new TaskLock(
                DruidTime.parse(ends[0]),
                DruidTime.parse(ends[1]),
                lock.path("type").asText(),
                lock.path("groupId").asText());
    }

    /** Returns true if the lock overlaps a span of time. */
    public boolean overlaps(Instant from, Instant until) {
        return start.isBefore(until) && end.isAfter(from);
    }
}
