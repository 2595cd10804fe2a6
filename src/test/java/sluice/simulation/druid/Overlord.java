package sluice.simulation.druid;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sluice.platform.druid.SubmitAnswer;
import sluice.platform.druid.TaskStatus;

/** Keeps the tasks and runs them, one step at a time. */
final class Overlord {

    /** As {@link sluice.simulation.InMemoryObjectStore} signs. */
    private static final Pattern END_OF_ADDRESS = Pattern.compile("&end=(\\d+)");

    private static final String WORKER_DISAPPEARED =
            "The worker that this task was assigned disappeared and did not report cleanup within timeout[PT15M]. See"
                    + " overlord and middleManager/indexer logs for more details.";

    private final Clock clock;
    private final SegmentStore store;
    private final ObjectStorage storage;
    private final Lockbox locks;
    private final Publication publication;
    private final Map<String, StoredTask> tasks = new LinkedHashMap<>();
    private final Map<String, Fate> fates = new HashMap<>();
    private Function<String, Fate> otherFates = any -> Fate.SUCCEEDS;
    private int slots = 4;
    private Duration taskDuration = Duration.ZERO;
    private Instant listsFrom = Instant.MIN;

    Overlord(Clock clock, SegmentStore store, ObjectStorage storage) {
        this.clock = clock;
        this.store = store;
        this.storage = storage;
        this.locks = new Lockbox(clock);
        this.publication = new Publication(store, locks);
    }

    Lockbox locks() {
        return locks;
    }

    Collection<StoredTask> tasks() {
        return List.copyOf(tasks.values());
    }

    Optional<StoredTask> find(String taskId) {
        return Optional.ofNullable(tasks.get(taskId));
    }

    void slots(int count) {
        slots = count;
    }

    int slots() {
        return slots;
    }

    /** Another overlord leads. It lists no tasks until it has begun to manage them. */
    void elect(Duration silence) {
        listsFrom = clock.instant().plus(silence);
    }

    /** What the leader lists. */
    Collection<StoredTask> listed() {
        return clock.instant().isBefore(listsFrom) ? List.of() : tasks();
    }

    void taskDuration(Duration duration) {
        taskDuration = duration;
    }

    void fate(String taskId, Fate fate) {
        fates.put(taskId, fate);
    }

    void fates(Function<String, Fate> decided) {
        otherFates = decided;
    }

    SubmitAnswer submit(String taskId, String task) {
        JsonNode json = TaskRefusal.read(task);
        Optional<String> refusal = TaskRefusal.of(taskId, json);
        if (refusal.isPresent()) {
            return new SubmitAnswer.Refused(refusal.get());
        }
        if (tasks.containsKey(taskId)) {
            return new SubmitAnswer.AlreadyExists(taskId);
        }
        TaskSpec spec = new TaskSpec(((ObjectNode) json).put("id", taskId));
        Instant now = clock.instant();
        tasks.put(taskId, new StoredTask(taskId, spec, work(taskId, spec), now));
        return new SubmitAnswer.Accepted(taskId);
    }

    private TaskWork work(String taskId, TaskSpec spec) {
        return switch (spec.type()) {
            case "noop" -> new NoWork();
            case "kill" -> new KillWork(spec, store);
            case "compact" -> new CompactWork(taskId, spec, store, locks, publication);
            default -> new LoadWork(taskId, spec, storage, store, locks, publication);
        };
    }

    /** Tasks that have not ended. */
    List<StoredTask> live() {
        return tasks.values().stream()
                .filter(task -> task.phase() != Phase.ENDED)
                .toList();
    }

    /** Moves each task on by at most one step, in the order of submission. Returns whether any moved. */
    boolean advance() {
        boolean moved = false;
        for (StoredTask task : tasks()) {
            moved |= switch (task.phase()) {
                case WAITING -> lock(task);
                case PENDING -> start(task);
                case RUNNING -> finish(task);
                case ENDED -> false;
            };
        }
        return moved;
    }

    private boolean lock(StoredTask task) {
        try {
            if (!locks.acquire(task.id(), task.spec(), task.work().chunks())) {
                return false;
            }
            task.moveTo(Phase.PENDING);
            store.tell("task " + task.id() + " has its locks");
        } catch (TaskFailure failure) {
            fail(task, failure.getMessage(), true);
        }
        return true;
    }

    private boolean start(StoredTask task) {
        long running = tasks.values().stream()
                .filter(other -> other.phase() == Phase.RUNNING)
                .count();
        if (running >= slots) {
            return false;
        }
        task.start(clock.instant());
        store.tell("task " + task.id() + " begins");
        try {
            requireReadable(task.spec());
            task.work().start();
        } catch (TaskFailure failure) {
            fail(task, failure.getMessage(), true);
        }
        return true;
    }

    /** S3 answers 403 to an address whose time is over. */
    private void requireReadable(TaskSpec spec) {
        for (URI address : spec.addresses()) {
            Matcher end = END_OF_ADDRESS.matcher(Objects.requireNonNullElse(address.getQuery(), ""));
            if (end.find() && clock.instant().getEpochSecond() >= Long.parseLong(end.group(1))) {
                throw new TaskFailure("java.io.IOException: Server returned HTTP response code: 403 for URL: https://"
                        + address.getHost() + address.getPath());
            }
        }
    }

    private boolean finish(StoredTask task) {
        if (clock.instant().isBefore(task.startedAt().plus(taskDuration))) {
            return false;
        }
        Fate fate = fates.getOrDefault(task.id(), otherFates.apply(task.id()));
        switch (fate) {
            case HANGS -> {
                return false;
            }
            case FAILS -> fail(task, "java.lang.RuntimeException: the task fails because the test wants it", true);
            case WORKER_DIES_BEFORE_PUBLISHING -> fail(task, WORKER_DISAPPEARED, false);
            case WORKER_DIES_AFTER_PUBLISHING -> {
                if (!isAllowed(task)) {
                    return false;
                }
                task.work().publish(fate);
                fail(task, WORKER_DISAPPEARED, false);
            }
            case SUCCEEDS, ROWS_DOUBLED, PUBLISHES_UNDER_EPOCH -> {
                if (!isAllowed(task)) {
                    return false;
                }
                task.work().publish(fate);
                task.report(task.work().report(null), task.work().killed());
                end(task, TaskStatus.Code.SUCCESS, null);
            }
        }
        return true;
    }

    /** A task whose locks were revoked tries to publish again and again, and keeps its slot. */
    private boolean isAllowed(StoredTask task) {
        return !locks.hasRevoked(task.id());
    }

    private void fail(StoredTask task, String message, boolean reports) {
        if (reports) {
            task.report(task.work().report(message), OptionalInt.empty());
        }
        end(task, TaskStatus.Code.FAILED, message);
    }

    private void end(StoredTask task, TaskStatus.Code code, String message) {
        Instant now = clock.instant();
        task.end(code, message, now, now.plus(store.lags().tasks()));
        store.tell("task " + task.id() + " ends with " + code);
        locks.release(task.id());
        publication.forget(task.id());
    }

    /** Ends a task that has not ended; unknown and ended tasks stay as they are. */
    void shutdown(String taskId) {
        find(taskId).filter(task -> task.phase() != Phase.ENDED).ifPresent(task -> {
            end(task, TaskStatus.Code.FAILED, "Shutdown request from user");
        });
    }

    /** All tasks that a worker ran begin anew; they keep ids and locks, as after a crash of overlord and workers. */
    void restart() {
        for (StoredTask task : tasks()) {
            if (task.phase() == Phase.PENDING || task.phase() == Phase.RUNNING) {
                publication.forget(task.id());
                StoredTask again =
                        new StoredTask(task.id(), task.spec(), work(task.id(), task.spec()), task.createdAt());
                again.moveTo(Phase.PENDING);
                tasks.put(task.id(), again);
            }
        }
    }

    /** Deletes the records of an ended task. */
    void forget(String taskId) {
        tasks.remove(taskId);
    }
}
