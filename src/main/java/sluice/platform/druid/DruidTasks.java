package sluice.platform.druid;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import sluice.core.batch.TimeChunk;

/**
 * The overlord's tasks and their locks.
 *
 * @see <a href="https://druid.apache.org/docs/latest/api-reference/tasks-api">Tasks API</a>
 */
public interface DruidTasks {

    /**
     * Posts a task. Posting is idempotent: the task carries its id, so a repeated post creates no second task.
     *
     * @param task the task as JSON
     */
    SubmitAnswer submit(String taskId, String task);

    /** The task as Druid stores it, or empty if the overlord does not know the id. */
    Optional<JsonNode> find(String taskId);

    /** Status of each task that the overlord knows; ids that it does not know are missing from the answer. */
    Map<String, TaskStatus> statuses(Collection<String> taskIds);

    /** The report of an ended task, or empty if Druid has none. Druid deletes reports after a while. */
    Optional<TaskReport> report(String taskId);

    /** The number of segments that a kill task reports as removed, or empty if Druid has no report. */
    OptionalInt segmentsKilled(String taskId);

    /** Asks Druid to stop a task. Only the task's status shows when it has ended (apache/druid #18419). */
    void shutdown(String taskId);

    /** The locks that running tasks hold on a datasource, whatever their priority. */
    List<TaskLock> locks(String datasource);

    /** Returns a lock that overlaps one of the time chunks; empty if no task holds one. */
    default Optional<TaskLock> lock(String datasource, Collection<TimeChunk> chunks) {
        return locks(datasource).stream().filter(lock -> lock.overlaps(chunks)).findFirst();
    }

    /**
     * Returns the lock of a task that may have read one of the time chunks to write it anew, as a compaction does; empty if no
     * task holds one. Tasks that append read none.
     */
    default Optional<TaskLock> rewritingLock(String datasource, Collection<TimeChunk> chunks) {
        return locks(datasource).stream()
                .filter(lock -> !lock.isOfAppend() && lock.overlaps(chunks))
                .findFirst();
    }

    /**
     * Runs Druid's sampler.
     *
     * @param request the sampler spec as JSON
     * @throws SampleException if the cluster refuses the request or fails
     * @return {@code {numRowsRead, numRowsIndexed, data: [{input, parsed} | {unparseable, error}], ...}}
     */
    JsonNode sample(String request);
}
