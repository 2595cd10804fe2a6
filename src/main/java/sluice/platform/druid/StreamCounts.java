package sluice.platform.druid;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What the running tasks of a supervisor have done with their messages.
 *
 * @param taskGroups numbers of the groups that read now
 * @param processed rows that were stored, also in part
 * @param processedWithError rows of which a part could not be read
 * @param thrownAway rows that a filter or a rejection period left out
 * @param unparseable messages that could not be read
 */
public record StreamCounts(
        List<Integer> taskGroups, long processed, long processedWithError, long thrownAway, long unparseable) {

    public StreamCounts {
        taskGroups = List.copyOf(taskGroups);
    }

    /** Reads {@code {<group>: {<task>: {totals: {buildSegments: {processed, ...}}}}}}. */
    static StreamCounts of(JsonNode answer) {
        List<Integer> groups = new ArrayList<>();
        long[] sums = new long[4];
        answer.properties().forEach(group -> {
            if (group.getKey().matches("\\d{1,9}")) {
                groups.add(Integer.parseInt(group.getKey()));
            }
            group.getValue().forEach(task -> {
                JsonNode totals = task.at("/totals/buildSegments");
                sums[0] += totals.path("processed").asLong();
                sums[1] += totals.path("processedWithError").asLong();
                sums[2] += totals.path("thrownAway").asLong();
                sums[3] += totals.path("unparseable").asLong();
            });
        });
        return new StreamCounts(groups, sums[0], sums[1], sums[2], sums[3]);
    }
}
