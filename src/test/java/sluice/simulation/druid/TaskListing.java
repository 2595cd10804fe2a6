package sluice.simulation.druid;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import sluice.platform.druid.TaskStatus;
import sluice.platform.druid.TaskTable;

/** {@code sys.tasks}, which lags, and which a new leader leaves empty for a moment. */
final class TaskListing implements TaskTable {

    private static final Set<String> NO_WRITERS = Set.of("kill", "move", "archive");

    private final Calls calls;
    private final Overlord overlord;
    private final Clock clock;

    TaskListing(Calls calls, Overlord overlord, Clock clock) {
        this.calls = calls;
        this.overlord = overlord;
        this.clock = clock;
    }

    @Override
    public Map<String, TaskStatus.Code> codes(Collection<String> taskIds) {
        return calls.call(DruidCall.TASK_TABLE, "", () -> {
            Map<String, TaskStatus.Code> codes = new HashMap<>();
            overlord.listed().stream()
                    .filter(task -> taskIds.contains(task.id()))
                    .forEach(task -> task.shown(clock.instant()).ifPresent(code -> codes.put(task.id(), code)));
            return Map.copyOf(codes);
        });
    }

    @Override
    public Optional<List<String>> otherWriters(String datasource, String taskId, Instant since) {
        List<String> writers = ids(
                datasource,
                task -> !NO_WRITERS.contains(task.spec().type())
                        && (task.id().equals(taskId)
                                || isRunning(task)
                                || task.createdAt()
                                        .plus(task.status().duration())
                                        .isAfter(since)));
        return writers.contains(taskId)
                ? Optional.of(writers.stream().filter(id -> !id.equals(taskId)).toList())
                : Optional.empty();
    }

    @Override
    public Optional<List<String>> activeWriters(String datasource, String taskId) {
        return calls.call(DruidCall.TASK_TABLE, datasource, () -> {
            List<StoredTask> writers = listed(datasource).stream()
                    .filter(task -> !NO_WRITERS.contains(task.spec().type()))
                    .toList();
            return writers.isEmpty()
                    ? Optional.empty()
                    : Optional.of(writers.stream()
                            .filter(task -> !task.id().equals(taskId) && isRunning(task))
                            .map(StoredTask::id)
                            .sorted()
                            .toList());
        });
    }

    @Override
    public Optional<String> streamFailure(String datasource, String supervisor, Instant since, Instant now) {
        return calls.call(DruidCall.TASK_TABLE, datasource, () -> {
            List<StoredTask> newest = listed(datasource).stream()
                    .filter(task -> isOf(supervisor, task) && !task.createdAt().isBefore(since))
                    .sorted(Comparator.comparing(StoredTask::createdAt).reversed())
                    .limit(4)
                    .toList();
            List<StoredTask> failed = newest.stream()
                    .filter(task -> shown(task) == TaskStatus.Code.FAILED)
                    .toList();
            boolean runs = newest.stream()
                    .anyMatch(task ->
                            isRunning(task) && task.createdAt().plusSeconds(60).isBefore(now));
            return failed.size() < 3 || runs
                    ? Optional.empty()
                    : Optional.of(failed.get(0).status().error());
        });
    }

    @Override
    public List<String> runningStreamTasks(String datasource, String supervisor) {
        return ids(datasource, task -> isOf(supervisor, task) && isRunning(task));
    }

    @Override
    public int pending() {
        return calls.call(DruidCall.TASK_TABLE, "", () -> (int) overlord.listed().stream()
                .filter(task -> task.phase() == Phase.PENDING)
                .count());
    }

    private static boolean isOf(String supervisor, StoredTask task) {
        return task.spec().isStream() && task.spec().supervisor().equals(supervisor);
    }

    private List<String> ids(String datasource, Predicate<StoredTask> condition) {
        return calls.call(DruidCall.TASK_TABLE, datasource, () -> listed(datasource).stream()
                .filter(condition)
                .map(StoredTask::id)
                .sorted()
                .toList());
    }

    private List<StoredTask> listed(String datasource) {
        return overlord.listed().stream()
                .filter(task -> task.spec().datasource().equals(datasource)
                        && task.shown(clock.instant()).isPresent())
                .toList();
    }

    private boolean isRunning(StoredTask task) {
        return shown(task) == TaskStatus.Code.RUNNING;
    }

    private TaskStatus.Code shown(StoredTask task) {
        return task.shown(clock.instant()).orElseThrow();
    }
}
