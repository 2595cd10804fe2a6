package sluice.platform.druid;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import sluice.core.json.RowQuotes;

/** {@code sys.tasks}, by Druid SQL. */
final class SqlTaskTable implements TaskTable {

    /** A supervisor's tasks are one group: {@code index_kafka_<id of the supervisor>}; up to Druid 33 that is the datasource. */
    private static final String OF_SUPERVISOR = " WHERE \"datasource\" = ? AND \"group_id\" IN (?, ?)";

    private static final String OF_WRITERS =
            " FROM sys.tasks WHERE \"datasource\" = ? AND \"type\" NOT IN ('kill', 'move', 'archive')";

    /** Tasks of another group; workers of old versions name none. A task and its sub-tasks are one group. */
    private static final String OF_OTHER_GROUPS = "(\"group_id\" IS NULL OR \"group_id\" <> ?)";

    private static final String NO_SUB_TASKS =
            "\"type\" NOT IN ('single_phase_sub_task', 'partial_index_generate', 'partial_range_index_generate',"
                    + " 'partial_dimension_cardinality', 'partial_dimension_distribution',"
                    + " 'partial_index_generic_merge', 'query_worker')";

    private final RestConnection connection;

    SqlTaskTable(RestConnection connection) {
        this.connection = connection;
    }

    @Override
    public Map<String, TaskStatus.Code> codes(Collection<String> taskIds) {
        Map<String, TaskStatus.Code> codes = new HashMap<>();
        RestConnection.inPages(taskIds, page -> {
            SqlQuery query = SqlQuery.of("SELECT \"task_id\", \"status\" FROM sys.tasks WHERE \"task_id\" IN "
                            + SqlQuery.places(page.size()))
                    .withAll(page);
            connection
                    .query(query)
                    .forEach(row -> codes.put(
                            row.path("task_id").asText(),
                            TaskStatus.Code.valueOf(row.path("status").asText())));
        });
        return Map.copyOf(codes);
    }

    @Override
    public Optional<List<String>> otherWriters(String datasource, String taskId, Instant since) {
        // A run may have thousands of sub-tasks, which stay in Druid.
        // Its own task proves that the table lists what ran then.
        SqlQuery query = SqlQuery.of("SELECT \"task_id\", \"status\", \"created_time\", \"duration\"" + OF_WRITERS
                        + " AND (" + OF_OTHER_GROUPS + " OR \"task_id\" = ?)")
                .with(datasource)
                .with(taskId)
                .with(taskId);
        List<JsonNode> listed = connection.query(query);
        if (listed.stream().noneMatch(row -> row.path("task_id").asText().equals(taskId))) {
            return Optional.empty();
        }
        return Optional.of(ids(listed.stream()
                .filter(row -> !row.path("task_id").asText().equals(taskId))
                .filter(row -> row.path("status").asText().equals("RUNNING")
                        || created(row)
                                .plusMillis(row.path("duration").asLong())
                                .isAfter(since))));
    }

    @Override
    public Optional<List<String>> activeWriters(String datasource, String taskId) {
        // Tasks that have ended prove that the table lists what ran then.
        // Sub-tasks would prove the same a thousand times.
        SqlQuery query = SqlQuery.of("SELECT \"task_id\", \"status\"" + OF_WRITERS + " AND " + OF_OTHER_GROUPS
                        + " AND (\"status\" = 'RUNNING' OR " + NO_SUB_TASKS + ")")
                .with(datasource)
                .with(taskId);
        List<JsonNode> listed = connection.query(query);
        return listed.isEmpty()
                ? Optional.empty()
                : Optional.of(ids(listed.stream()
                        .filter(row -> row.path("status").asText().equals("RUNNING"))));
    }

    private static List<String> ids(Stream<JsonNode> rows) {
        return rows.map(row -> row.path("task_id").asText()).sorted().toList();
    }

    @Override
    public Optional<String> streamFailure(String datasource, String supervisor, Instant since, Instant now) {
        SqlQuery query = SqlQuery.of("SELECT \"status\", \"created_time\", \"error_msg\" FROM sys.tasks" + OF_SUPERVISOR
                        + " AND \"created_time\" >= ? ORDER BY \"created_time\" DESC LIMIT 4")
                .withAll(ofSupervisor(datasource, supervisor))
                .with(since.toString());
        List<JsonNode> newest = connection.query(query);
        List<JsonNode> failed = newest.stream()
                .filter(task -> task.path("status").asText().equals("FAILED"))
                .toList();
        boolean runs = newest.stream()
                .anyMatch(task -> task.path("status").asText().equals("RUNNING")
                        && created(task).plusSeconds(60).isBefore(now));
        return failed.size() < 3 || runs
                ? Optional.empty()
                : Optional.of(RowQuotes.cutIfAboutRows(
                        connection.texts().error(failed.get(0).path("error_msg").asText())));
    }

    @Override
    public List<String> runningStreamTasks(String datasource, String supervisor) {
        SqlQuery query = SqlQuery.of(
                        "SELECT \"task_id\" FROM sys.tasks" + OF_SUPERVISOR + " AND \"status\" = 'RUNNING'")
                .withAll(ofSupervisor(datasource, supervisor));
        return ids(connection.query(query).stream());
    }

    private static List<String> ofSupervisor(String datasource, String supervisor) {
        return List.of(datasource, "index_kafka_" + supervisor, "index_kinesis_" + supervisor);
    }

    private static Instant created(JsonNode row) {
        return Instant.parse(row.path("created_time").asText());
    }

    @Override
    public int pending() {
        // Where no row matches, Druid counts nothing: it answers without a row, and not with a row that says 0.
        return connection
                .query(SqlQuery.of("SELECT COUNT(*) AS \"pending\" FROM sys.tasks WHERE \"runner_status\" = 'PENDING'"))
                .stream()
                .mapToInt(row -> row.path("pending").asInt())
                .sum();
    }
}
