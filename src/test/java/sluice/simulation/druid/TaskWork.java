package sluice.simulation.druid;

import java.util.List;
import java.util.OptionalInt;
import sluice.core.batch.TimeChunk;
import sluice.platform.druid.TaskReport;

/** What a task of some type does. */
interface TaskWork {

    /** The time chunks that the task has to lock before it can run. */
    List<TimeChunk> chunks();

    /**
     * Begins: reads what the task reads.
     *
     * @throws TaskFailure when the task cannot go on
     */
    void start();

    /** Publishes what the task has made, all of it or nothing. */
    void publish(Fate fate);

    /** What the task reports; failed tasks report too. */
    TaskReport report(String failure);

    /** Segments that a kill task has deleted; empty for other tasks. */
    default OptionalInt killed() {
        return OptionalInt.empty();
    }
}
