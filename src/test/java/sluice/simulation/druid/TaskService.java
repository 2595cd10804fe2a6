package sluice.simulation.druid;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import sluice.platform.druid.DruidException;
import sluice.platform.druid.DruidTasks;
import sluice.platform.druid.SampleException;
import sluice.platform.druid.SubmitAnswer;
import sluice.platform.druid.TaskLock;
import sluice.platform.druid.TaskReport;
import sluice.platform.druid.TaskStatus;

/** The overlord's tasks, as callers reach them. */
final class TaskService implements DruidTasks {

    private final Calls calls;
    private final Overlord overlord;
    private final ObjectStorage storage;
    private final Texts texts;
    private Function<JsonNode, JsonNode> sampler = this::counts;

    TaskService(Calls calls, Overlord overlord, ObjectStorage storage, Texts texts) {
        this.calls = calls;
        this.overlord = overlord;
        this.storage = storage;
        this.texts = texts;
    }

    void sampler(Function<JsonNode, JsonNode> answers) {
        sampler = answers;
    }

    @Override
    public SubmitAnswer submit(String taskId, String task) {
        String resolved = texts.resolved(task);
        return calls.call(DruidCall.SUBMIT, taskId, () -> texts.refusal(TaskRefusal.read(resolved))
                .<SubmitAnswer>map(SubmitAnswer.Refused::new)
                .orElseGet(() -> overlord.submit(taskId, resolved)));
    }

    @Override
    public Optional<JsonNode> find(String taskId) {
        return calls.call(DruidCall.FIND_TASK, taskId, () -> overlord.find(taskId)
                .map(task -> texts.settings((ObjectNode) task.spec().json().deepCopy())));
    }

    @Override
    public Map<String, TaskStatus> statuses(Collection<String> taskIds) {
        return calls.call(DruidCall.STATUSES, "", () -> {
            Map<String, TaskStatus> statuses = new HashMap<>();
            taskIds.forEach(id -> overlord.find(id).ifPresent(task -> statuses.put(id, texts.hidden(task))));
            return Map.copyOf(statuses);
        });
    }

    @Override
    public Optional<TaskReport> report(String taskId) {
        return calls.call(DruidCall.REPORT, taskId, () -> overlord.find(taskId)
                .flatMap(task -> task.report().map(report -> texts.hidden(task, report))));
    }

    @Override
    public OptionalInt segmentsKilled(String taskId) {
        return calls.call(DruidCall.REPORT, taskId, () -> overlord.find(taskId)
                .map(StoredTask::killed)
                .orElse(OptionalInt.empty()));
    }

    @Override
    public void shutdown(String taskId) {
        calls.call(DruidCall.SHUTDOWN, taskId, () -> {
            overlord.shutdown(taskId);
            return taskId;
        });
    }

    @Override
    public List<TaskLock> locks(String datasource) {
        return calls.call(DruidCall.LOCKS, datasource, () -> overlord.locks().active(datasource).stream()
                .map(lock -> new TaskLock(
                        lock.chunk().start(), lock.chunk().end(), lock.type().name(), lock.taskId()))
                .toList());
    }

    @Override
    public JsonNode sample(String request) {
        String resolved = texts.resolved(request);
        try {
            return calls.call(DruidCall.SAMPLE, "", () -> texts.sample(sampler.apply(TaskRefusal.read(resolved))));
        } catch (DruidException exception) {
            throw new SampleException(exception);
        }
    }

    /** Counts the rows of the input and shows none of them; a test that needs columns brings its own sampler. */
    private JsonNode counts(JsonNode request) {
        long rows = 0;
        long unparseable = 0;
        for (InputKey input : new TaskSpec(request).inputs()) {
            InputRows found = storage.read(input.bucket(), input.key()).orElse(new InputRows(List.of(), 0));
            rows += found.rows().stream().mapToLong(Rows::count).sum();
            unparseable += found.unparseable();
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("numRowsRead", rows + unparseable).put("numRowsIndexed", rows);
        answer.putArray("data");
        return answer;
    }
}
