package sluice.platform.druid;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The overlord's tasks, over its HTTP API. */
final class RestTasks implements DruidTasks {

    private final RestConnection connection;

    RestTasks(RestConnection connection) {
        this.connection = connection;
    }

    @Override
    public SubmitAnswer submit(String taskId, String task) {
        String resolved = connection.texts().resolved(task);
        DruidAnswer answer =
                connection.call("submit task", () -> connection.overlord().submit(resolved));
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

    @Override
    public Optional<JsonNode> find(String taskId) {
        return connection
                .found("read task", () -> connection.overlord().task(taskId))
                .map(answer -> answer.path("payload"))
                .map(task ->
                        task instanceof ObjectNode object ? connection.texts().settings(object) : task);
    }

    @Override
    public Map<String, TaskStatus> statuses(Collection<String> taskIds) {
        Map<String, TaskStatus> statuses = new HashMap<>();
        RestConnection.inPages(taskIds, page -> {
            ArrayNode ids = JsonNodeFactory.instance.arrayNode();
            page.forEach(ids::add);
            connection
                    .call("read task statuses", () -> connection.overlord().statuses(ids.toString()))
                    .json()
                    .forEach(status -> {
                        TaskStatus read = status(status);
                        statuses.put(read.id(), read);
                    });
        });
        return Map.copyOf(statuses);
    }

    private TaskStatus status(JsonNode status) {
        return new TaskStatus(
                status.path("id").asText(),
                TaskStatus.Code.valueOf(status.path("status").asText()),
                Duration.ofMillis(Math.max(0, status.path("duration").asLong())),
                connection.texts().errorOrNull(status.path("errorMsg").asText(null)));
    }

    @Override
    public Optional<TaskReport> report(String taskId) {
        return reports(taskId).map(TaskReport::of);
    }

    @Override
    public OptionalInt segmentsKilled(String taskId) {
        return reports(taskId)
                .map(report -> report.at("/killUnusedSegments/payload/numSegmentsKilled"))
                .filter(JsonNode::isInt)
                .map(killed -> OptionalInt.of(killed.intValue()))
                .orElse(OptionalInt.empty());
    }

    private Optional<JsonNode> reports(String taskId) {
        return connection
                .found("read task report", () -> connection.overlord().reports(taskId))
                .map(connection.texts()::report);
    }

    @Override
    public void shutdown(String taskId) {
        connection.found("shut task down", () -> connection.overlord().shutdown(taskId, "{}"));
    }

    @Override
    public List<TaskLock> locks(String datasource) {
        String filter = JsonNodeFactory.instance
                .arrayNode()
                .add(JsonNodeFactory.instance
                        .objectNode()
                        .put("datasource", datasource)
                        .put("priority", 0))
                .toString();
        List<TaskLock> locks = new ArrayList<>();
        connection
                .call("list locks", () -> connection.overlord().activeLocks(filter))
                .json()
                .path("datasourceToLocks")
                .path(datasource)
                .forEach(lock -> locks.add(TaskLock.of(lock)));
        return List.copyOf(locks);
    }

    @Override
    public JsonNode sample(String request) {
        String resolved = connection.texts().resolved(request);
        try {
            return connection
                    .texts()
                    .sample(connection
                            .call("sample", () -> connection.overlord().sample(resolved))
                            .json());
        } catch (DruidException exception) {
            throw new SampleException(exception);
        }
    }
}
