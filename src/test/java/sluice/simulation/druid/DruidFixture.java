package sluice.simulation.druid;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import sluice.core.batch.TimeChunk;
import sluice.core.definition.SegmentGranularity;
import sluice.simulation.ManualClock;

/** A Druid with the objects that its tasks read. */
final class DruidFixture {

    static final String WIKI = "wiki";
    static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    static final TimeChunk DAY = TimeChunk.holding(NOON, SegmentGranularity.DAY);

    final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));
    final Map<String, InputRows> objects = new HashMap<>();
    final InMemoryDruid druid = new InMemoryDruid(
            "main",
            clock,
            (bucket, key) -> bucket.equals("landing") ? Optional.ofNullable(objects.get(key)) : Optional.empty());

    /** Puts an object with rows of {@link #NOON}. */
    DruidFixture object(String key, long rows) {
        objects.put(key, InputRows.at(NOON, rows));
        return this;
    }

    /** Submits a task and has it done. */
    void load(String taskId, TaskJson task) {
        druid.tasks().submit(taskId, task.toString());
        druid.settle();
    }
}
