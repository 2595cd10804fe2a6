package sluice.platform.druid;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One Druid cluster, in the words of the domain. Every call either returns a sorted-out answer or throws a
 * {@link DruidException}; retries, timeout and circuit breaker are inside.
 */
public class DruidCluster {

    /** The overlord looks unknown ids up one by one, so a call stays at a size that it answers at once. */
    static final int IDS_PER_CALL = 1_000;

    private final String name;
    private final ClusterConfig config;
    private final ClusterApis apis;
    private final FaultTolerance faultTolerance;
    private final SegmentCatalog segmentCatalog;

    DruidCluster(String name, ClusterConfig config, ClusterApis apis) {
        this.name = name;
        this.config = config;
        this.apis = apis;
        this.faultTolerance = new FaultTolerance(name, config.timeout());
        this.segmentCatalog = new SegmentCatalog(this, apis);
    }

    /** What there is of segments, used and unused, and who holds on to them. */
    public SegmentCatalog segmentCatalog() {
        return segmentCatalog;
    }

    public String name() {
        return name;
    }

    public ClusterConfig config() {
        return config;
    }

    /** What the cluster keeps for its datasources beside their data. */
    public DatasourceSettings settings() {
        return new DatasourceSettings(this, apis);
    }

    /** The version of the service that answers at the cluster's address. */
    public String version() {
        return call("read version", apis.status()::status)
                .json()
                .path("version")
                .asText();
    }

    /** How many tasks the cluster can run at once, without autoscaling. */
    public int workerCapacity() {
        return call("read worker capacity", apis.overlord()::workerCapacity)
                .json()
                .path("currentClusterCapacity")
                .asInt();
    }

    /** Posts a task; the task has its id, so posting it twice makes one task. */
    public SubmitAnswer submit(String taskId, String task) {
        DruidAnswer answer = call("submit task", () -> apis.overlord().submit(task));
        if (answer.isRefusal()) {
            // Two texts, by whether the task queue or the metadata store noticed first.
            return answer.body().contains("entryAlreadyExists")
                            || answer.message().endsWith("Task [" + taskId + "] already exists")
                            || answer.message().endsWith("Task[" + taskId + "] already exists")
                    ? new SubmitAnswer.AlreadyExists(taskId)
                    : new SubmitAnswer.Refused(answer.message());
        }
        return new SubmitAnswer.Accepted(answer.json().path("task").asText(taskId));
    }

    /** The task as Druid has stored it: its context says what Sluice submitted it for. */
    public Optional<JsonNode> task(String taskId) {
        return found("read task", () -> apis.overlord().task(taskId)).map(answer -> answer.path("payload"));
    }

    /** Status of each task that the overlord knows; ids that it does not know are missing in the answer. */
    public Map<String, TaskStatus> statuses(Collection<String> taskIds) {
        Map<String, TaskStatus> statuses = new HashMap<>();
        List<String> ids = List.copyOf(taskIds);
        for (int from = 0; from < ids.size(); from += IDS_PER_CALL) {
            ArrayNode page = JsonNodeFactory.instance.arrayNode();
            ids.subList(from, Math.min(from + IDS_PER_CALL, ids.size())).forEach(page::add);
            JsonNode answer = call("read task statuses", () -> apis.overlord().statuses(page.toString()))
                    .json();
            answer.forEach(status -> {
                TaskStatus read = new TaskStatus(
                        status.path("id").asText(),
                        TaskStatus.Code.valueOf(status.path("status").asText()),
                        Duration.ofMillis(Math.max(0, status.path("duration").asLong())),
                        status.path("errorMsg").asText(null));
                statuses.put(read.id(), read);
            });
        }
        return Map.copyOf(statuses);
    }

    /** The report of a task that has ended; empty when Druid has none (it is not kept for ever). */
    public Optional<TaskReport> report(String taskId) {
        return found("read task report", () -> apis.overlord().reports(taskId)).map(TaskReport::of);
    }

    /** Asks Druid to end a task. That it has ended is known only when its status says so (apache/druid #18419). */
    public void shutdown(String taskId) {
        found("shut task down", () -> apis.overlord().shutdown(taskId, "{}"));
    }

    /** Ids of the used segments of a datasource in the intervals, from the metadata store. */
    public Set<String> usedSegments(String datasource, List<String> intervals) {
        ArrayNode body = JsonNodeFactory.instance.arrayNode();
        intervals.forEach(body::add);
        Set<String> ids = new HashSet<>();
        found("list used segments", () -> apis.coordinator().usedSegments(datasource, body.toString()))
                .ifPresent(answer -> answer.forEach(id -> ids.add(id.asText())));
        return Set.copyOf(ids);
    }

    /**
     * Marks segments unused, {@value #IDS_PER_CALL} with a call, which brings back what they overshadowed; returns how many
     * changed.
     */
    public int markUnused(String datasource, Collection<String> segmentIds) {
        List<String> ids = List.copyOf(segmentIds);
        int changed = 0;
        for (int from = 0; from < ids.size(); from += IDS_PER_CALL) {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            ids.subList(from, Math.min(from + IDS_PER_CALL, ids.size())).forEach(body.putArray("segmentIds")::add);
            changed += call("mark segments unused", () -> apis.overlord().markUnused(datasource, body.toString()))
                    .json()
                    .path("numChangedSegments")
                    .asInt();
        }
        return changed;
    }

    /**
     * Marks one segment used, also while a newer one overshadows it: Druid's calls for many pass those over. A segment
     * that does not exist is no error.
     */
    public void markUsed(String datasource, String segmentId) {
        found("mark segment used", () -> apis.overlord().markUsed(datasource, segmentId, "{}"));
    }

    /**
     * How far the coordinator's automatic compaction is, one entry per datasource that has it, in Druid's words:
     * {@code {dataSource, scheduleStatus, bytesAwaitingCompaction, bytesCompacted, bytesSkipped, ...}}.
     */
    public List<JsonNode> compactionStatus() {
        List<JsonNode> statuses = new ArrayList<>();
        found("read compaction status", apis.coordinator()::compactionStatus)
                .ifPresent(answer -> answer.path("latestStatus").forEach(statuses::add));
        return List.copyOf(statuses);
    }

    /** Runs Druid's sampler. */
    public JsonNode sample(String request) {
        return call("sample", () -> apis.overlord().sample(request)).json();
    }

    /** States of segments, by id; those that the broker does not know yet are missing. */
    public Map<String, SegmentState> segments(String datasource, Collection<String> segmentIds) {
        Map<String, SegmentState> states = new HashMap<>();
        List<String> ids = List.copyOf(segmentIds);
        for (int from = 0; from < ids.size(); from += IDS_PER_CALL) {
            List<String> page = ids.subList(from, Math.min(from + IDS_PER_CALL, ids.size()));
            SqlQuery query = SqlQuery.of("SELECT " + SegmentState.COLUMNS
                            + " FROM sys.segments WHERE \"datasource\" = ? AND \"segment_id\" IN "
                            + SqlQuery.places(page.size()))
                    .with(datasource)
                    .withAll(page);
            query(query).forEach(row -> states.put(row.path("segment_id").asText(), SegmentState.of(row)));
        }
        return Map.copyOf(states);
    }

    /** What {@code sys.tasks} says of these tasks, by id: the brokers' view of the overlord's word. */
    public Map<String, TaskStatus.Code> taskTable(Collection<String> taskIds) {
        Map<String, TaskStatus.Code> codes = new HashMap<>();
        SqlQuery query = SqlQuery.of("SELECT \"task_id\", \"status\" FROM sys.tasks WHERE \"task_id\" IN "
                        + SqlQuery.places(taskIds.size()))
                .withAll(taskIds);
        query(query)
                .forEach(row -> codes.put(
                        row.path("task_id").asText(),
                        TaskStatus.Code.valueOf(row.path("status").asText())));
        return Map.copyOf(codes);
    }

    /**
     * Ids, sorted, of tasks other than this one and its sub-tasks that write to the datasource, and were running at some
     * moment since. The table has what has ended for a day, by Druid's default.
     */
    public List<String> otherWriters(String datasource, String taskId, Instant since) {
        SqlQuery query = SqlQuery.of(
                        "SELECT \"task_id\", \"status\", \"created_time\", \"duration\" FROM sys.tasks"
                                + " WHERE \"datasource\" = ? AND \"group_id\" <> ? AND \"type\" NOT IN ('kill', 'move', 'archive')")
                .with(datasource)
                .with(taskId);
        return query(query).stream()
                .filter(row -> row.path("status").asText().equals("RUNNING")
                        || Instant.parse(row.path("created_time").asText())
                                .plusMillis(row.path("duration").asLong())
                                .isAfter(since))
                .map(row -> row.path("task_id").asText())
                .sorted()
                .toList();
    }

    /**
     * The error of the newest stream task of the datasource where three of the newest four have failed, and none has run
     * for a minute.
     *
     * @param since tasks from before do not count
     */
    public Optional<String> streamFailure(String datasource, Instant since, Instant now) {
        SqlQuery query = SqlQuery.of("SELECT \"status\", \"created_time\", \"error_msg\" FROM sys.tasks"
                        + " WHERE \"datasource\" = ? AND \"type\" IN ('index_kafka', 'index_kinesis')"
                        + " AND \"created_time\" >= ? ORDER BY \"created_time\" DESC LIMIT 4")
                .with(datasource)
                .with(since.toString());
        List<JsonNode> newest = query(query);
        List<JsonNode> failed = newest.stream()
                .filter(task -> task.path("status").asText().equals("FAILED"))
                .toList();
        boolean runs = newest.stream()
                .anyMatch(task -> task.path("status").asText().equals("RUNNING")
                        && Instant.parse(task.path("created_time").asText())
                                .plusSeconds(60)
                                .isBefore(now));
        return failed.size() < 3 || runs
                ? Optional.empty()
                : Optional.of(failed.get(0).path("error_msg").asText());
    }

    /** Ids of the tasks that read a stream into the datasource. */
    public List<String> runningStreamTasks(String datasource) {
        SqlQuery query = SqlQuery.of("SELECT \"task_id\" FROM sys.tasks WHERE \"datasource\" = ?"
                        + " AND \"status\" = 'RUNNING' AND \"type\" IN ('index_kafka', 'index_kinesis')")
                .with(datasource);
        return query(query).stream()
                .map(row -> row.path("task_id").asText())
                .sorted()
                .toList();
    }

    /** Start times, as Druid writes them, of the servers that run tasks, by name. */
    public Map<String, String> workers() {
        Map<String, String> startTimes = new HashMap<>();
        query(SqlQuery.of("SELECT \"server\", \"start_time\" FROM sys.servers"
                        + " WHERE \"server_type\" IN ('indexer', 'middle_manager')"))
                .forEach(row -> startTimes.put(
                        row.path("server").asText(), row.path("start_time").asText()));
        return Map.copyOf(startTimes);
    }

    /** Runs a SQL query; the rows are JSON objects. */
    public List<JsonNode> query(SqlQuery query) {
        List<JsonNode> rows = new ArrayList<>();
        call("SQL", () -> apis.sql().query(query.json())).json().forEach(rows::add);
        return List.copyOf(rows);
    }

    Optional<JsonNode> found(String request, Supplier<Response> call) {
        DruidAnswer answer = call(request, call);
        return answer.status() == 404 ? Optional.empty() : Optional.of(answer.json());
    }

    DruidAnswer call(String request, Supplier<Response> call) {
        return faultTolerance.call(() -> attempt(request, call), DruidAnswer.class);
    }

    /** One attempt; failures that another attempt may heal leave as exceptions, others as answers. */
    private DruidAnswer attempt(String request, Supplier<Response> call) {
        DruidAnswer answer;
        try {
            answer = DruidAnswer.of(name, request, call.get());
        } catch (ProcessingException exception) {
            String reason =
                    Optional.ofNullable(exception.getCause()).orElse(exception).toString();
            throw new DruidException(DruidException.Code.UNAVAILABLE, name, request + ": " + reason, exception);
        }
        if (answer.status() != 400 && answer.status() != 404) {
            answer.requireSuccess();
        }
        return answer;
    }
}
