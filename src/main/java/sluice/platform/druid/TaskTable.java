package sluice.platform.druid;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code sys.tasks}: the overlord's task list, which brokers ask for at each query. It holds running tasks, and ended ones for a day
 * by Druid's default. An overlord that has just become the leader lists none for a moment.
 *
 * @see <a href="https://druid.apache.org/docs/latest/querying/sql-metadata-tables#tasks-table">Tasks table</a>
 */
public interface TaskTable {

    /** Status codes of tasks, by id. The result omits tasks that the table does not list. */
    Map<String, TaskStatus.Code> codes(Collection<String> taskIds);

    /**
     * Sorted ids of other tasks that wrote to the datasource at some time after {@code since}, without the task itself and its
     * subtasks. Empty if the table does not list the task itself: then it may not list others either.
     */
    Optional<List<String>> otherWriters(String datasource, String taskId, Instant since);

    /**
     * Sorted ids of other tasks that write to the datasource and have not ended, whether they run or wait, without the task itself
     * and its subtasks. Empty if the table lists no task that writes to the datasource, not even an ended one: then it may not list
     * those that are active either.
     */
    Optional<List<String>> activeWriters(String datasource, String taskId);

    /**
     * The error of the supervisor's newest failed task, if three of its newest four tasks have failed and none has been running
     * for a minute.
     *
     * @param supervisor the supervisor's id; from Druid 34 on a datasource may have several
     * @param since tasks created earlier do not count
     */
    Optional<String> streamFailure(String datasource, String supervisor, Instant since, Instant now);

    /** Sorted ids of the supervisor's running tasks. */
    List<String> runningStreamTasks(String datasource, String supervisor);

    /** The number of tasks that wait for a slot, whatever they do. */
    int pending();
}
