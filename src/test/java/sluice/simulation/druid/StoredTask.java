package sluice.simulation.druid;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import sluice.platform.druid.TaskReport;
import sluice.platform.druid.TaskStatus;

/** A task, its state, and what it left behind. */
final class StoredTask {

    private record Shown(TaskStatus.Code code, Instant from) {}

    private final String id;
    private final TaskSpec spec;
    private final TaskWork work;
    private final Instant createdAt;
    private final List<Shown> shown = new ArrayList<>();
    private Phase phase = Phase.WAITING;
    private Instant startedAt;
    private Duration duration = Duration.ZERO;
    private TaskStatus.Code code = TaskStatus.Code.RUNNING;
    private String error;
    private TaskReport report;
    private Integer killed;

    StoredTask(String id, TaskSpec spec, TaskWork work, Instant createdAt) {
        this.id = id;
        this.spec = spec;
        this.work = work;
        this.createdAt = createdAt;
        shown.add(new Shown(TaskStatus.Code.RUNNING, createdAt));
    }

    String id() {
        return id;
    }

    TaskSpec spec() {
        return spec;
    }

    TaskWork work() {
        return work;
    }

    Instant createdAt() {
        return createdAt;
    }

    Phase phase() {
        return phase;
    }

    void moveTo(Phase next) {
        phase = next;
    }

    void start(Instant now) {
        phase = Phase.RUNNING;
        startedAt = now;
    }

    /** When a worker began to run it. */
    Instant startedAt() {
        return startedAt;
    }

    void end(TaskStatus.Code ended, String message, Instant now, Instant shownFrom) {
        phase = Phase.ENDED;
        code = ended;
        error = message;
        duration = Duration.between(startedAt == null ? now : startedAt, now);
        shown.add(new Shown(ended, shownFrom));
    }

    void report(TaskReport written, OptionalInt segmentsKilled) {
        report = written;
        killed = segmentsKilled.isPresent() ? segmentsKilled.getAsInt() : null;
    }

    void loseReport() {
        report = null;
        killed = null;
    }

    Optional<TaskReport> report() {
        return Optional.ofNullable(report);
    }

    OptionalInt killed() {
        return killed == null ? OptionalInt.empty() : OptionalInt.of(killed);
    }

    TaskStatus status() {
        return new TaskStatus(id, code, duration, error);
    }

    /** The code that {@code sys.tasks} shows, or empty where it does not list the task yet. */
    Optional<TaskStatus.Code> shown(Instant now) {
        return shown.stream()
                .filter(some -> !some.from().isAfter(now))
                .reduce((first, second) -> second)
                .map(Shown::code);
    }
}
