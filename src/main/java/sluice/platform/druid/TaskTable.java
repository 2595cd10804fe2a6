package sluice.platform.druid;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code sys.tasks}: the brokers' copy of the overlord's task list. It holds running tasks, and ended ones for a day by
 * Druid's default.
 *
 * @see <a href="https://druid.apache.org/docs/latest/querying/sql-metadata-tables#tasks-table">Tasks table</a>
 */
public interface TaskTable {

    /** Status codes of these tasks, by id; tasks that the table does not list are missing. */
    Map<String, TaskStatus.Code> codes(Collection<String> taskIds);

    /**
     * Ids, sorted, of tasks that write to the datasource and were running at some moment after {@code since}. The task
     * itself and its sub-tasks are not among them.
     */
    List<String> otherWriters(String datasource, String taskId, Instant since);

    /**
     * The error of the newest stream task of the datasource, where three of the newest four have failed and none has been
     * running for a minute.
     *
     * @param since tasks created earlier do not count
     */
    Optional<String> streamFailure(String datasource, Instant since, Instant now);

    /** Ids, sorted, of the running tasks that read a stream into the datasource. */
    List<String> runningStreamTasks(String datasource);
}
