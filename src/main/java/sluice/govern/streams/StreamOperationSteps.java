package sluice.govern.streams;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.govern.streams.StreamOperation.Action;
import sluice.govern.streams.StreamOperation.Phase;
import sluice.govern.streams.StreamOperation.Target;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidClusters;
import sluice.platform.druid.DruidException;
import sluice.platform.druid.StreamStatus;
import sluice.platform.druid.StreamStatus.StreamTask;
import sluice.platform.log.Log;
import sluice.platform.state.DueItemHandler;
import sluice.platform.state.Item;

/**
 * Takes operations on streams to their end. Each step looks first, so it can be repeated: a supervisor that is suspended is not
 * suspended again, and offsets that are there are not set again.
 *
 * <p>Offsets of a suspended supervisor without tasks are those that Druid has published. Druid looks them up some time after
 * its tasks have ended, so a snapshot waits for a look-up that is younger.
 */
@ApplicationScoped
@Priority(44)
class StreamOperationSteps implements DueItemHandler {

    private static final Log LOG = Log.of(StreamOperationSteps.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    /** Somewhat longer than Druid's default {@code shutdownTimeout}. */
    private static final Duration LONGEST_STOP = Duration.ofMinutes(2);

    private final StreamStore store;
    private final WantedStreams wanted;
    private final DruidClusters clusters;
    private final Clock clock;
    private final StreamSettings settings;

    StreamOperationSteps(
            StreamStore store, WantedStreams wanted, DruidClusters clusters, Clock clock, StreamSettings settings) {
        this.store = store;
        this.wanted = wanted;
        this.clusters = clusters;
        this.clock = clock;
        this.settings = settings;
    }

    @Override
    public void handle(List<Item> due, Instant deadline) {
        for (StreamOperation operation : store.operationsOf(due)) {
            if (clock.instant().isBefore(deadline)) {
                follow(operation);
            }
        }
    }

    private void follow(StreamOperation operation) {
        Instant now = clock.instant();
        StreamOperation next;
        try {
            next = stepped(operation, now);
        } catch (DruidException exception) {
            next = operation.waiting(String.valueOf(exception.getMessage()));
        }
        boolean isLate = now.isAfter(operation.requestedAt().plus(settings.operationLimit()));
        if (isLate && !next.isDone()) {
            next = next.failed(
                    "it did not end within " + settings.operationLimit() + ": it waited for " + next.waiting()
                            + "; the supervisor stays as it is now",
                    now);
        }
        if (next.isDone()) {
            LOG.info(
                    "Operation on a stream has ended",
                    "cluster",
                    next.cluster(),
                    "supervisor",
                    next.supervisor(),
                    "operation",
                    next.action(),
                    "state",
                    next.phase(),
                    "problem",
                    next.problem());
        }
        store.save(next, next.isDone() ? null : now.plus(PAUSE));
    }

    private StreamOperation stepped(StreamOperation operation, Instant now) {
        Optional<DruidCluster> cluster = clusters.find(operation.cluster());
        if (cluster.isEmpty()) {
            return operation.waiting("the environment has no cluster " + operation.cluster());
        }
        Optional<StreamStatus> status = cluster.get().streams().status(operation.supervisor());
        if (status.isEmpty()) {
            return absent(operation, cluster.get(), now);
        }
        return switch (operation.phase()) {
            case STOPPING -> stopping(operation, cluster.get(), status.get(), now);
            case MOVING -> moving(operation, cluster.get(), status.get(), now);
            case CHECKING -> checking(operation, status.get(), now);
            case RESUMING -> resuming(operation, cluster.get(), status.get(), now);
            case DONE, FAILED -> operation;
        };
    }

    /** A terminated supervisor is the aim, or the middle of a change of topics. */
    private StreamOperation absent(StreamOperation operation, DruidCluster cluster, Instant now) {
        if (operation.phase() == Phase.MOVING && operation.action() == Action.TERMINATE) {
            return operation.done(now);
        }
        if (operation.phase() == Phase.MOVING && operation.action() == Action.RESET) {
            return posted(operation, cluster, now);
        }
        return operation.failed("cluster " + cluster.name() + " has no supervisor any more", now);
    }

    private StreamOperation stopping(
            StreamOperation operation, DruidCluster cluster, StreamStatus status, Instant now) {
        if (!status.supervisor().isSuspended()) {
            return asked(operation, now, "the supervisor is being suspended", () -> cluster.streams()
                    .suspend(operation.supervisor()));
        }
        if (!status.tasks().isEmpty()) {
            return operation.awaiting(
                    status.tasks().stream().map(StreamTask::id).toList());
        }
        Instant quiet = operation.quietSince();
        if (quiet == null) {
            return operation.quiet(now);
        }
        if (status.offsetsAt() == null || status.offsetsAt().isBefore(quiet)) {
            return operation;
        }
        StreamOperation stopped =
                operation.stopped(new OffsetSnapshot(status.offsetsAt(), status.stream(), status.position()));
        return stopped.action() == Action.SUSPEND ? stopped.done(now) : stopped.to(Phase.MOVING);
    }

    private StreamOperation moving(StreamOperation operation, DruidCluster cluster, StreamStatus status, Instant now) {
        return switch (operation.action()) {
            case SUSPEND -> operation.done(now);
            case RESUME -> {
                cluster.streams().resume(operation.supervisor());
                yield operation.to(Phase.CHECKING);
            }
            case HANDOFF -> handedOff(operation, cluster, status, now);
            case TERMINATE -> {
                yield asked(operation, now, "the supervisor is being terminated", () -> cluster.settings()
                        .terminateSupervisor(operation.supervisor()));
            }
            case RESET -> reset(operation, cluster, status, now);
        };
    }

    private static StreamOperation handedOff(
            StreamOperation operation, DruidCluster cluster, StreamStatus status, Instant now) {
        List<Integer> groups = cluster.streams().counts(operation.supervisor()).taskGroups();
        List<String> reading = status.tasks().stream()
                .filter(task -> !task.isPublishing())
                .map(StreamTask::id)
                .toList();
        if (groups.isEmpty() || reading.isEmpty()) {
            return operation.failed("no task reads, so there is nothing to hand off", now);
        }
        cluster.streams().handOff(operation.supervisor(), groups);
        return operation.awaiting(reading).to(Phase.CHECKING);
    }

    private StreamOperation reset(StreamOperation operation, DruidCluster cluster, StreamStatus status, Instant now) {
        Target target = operation.target();
        if (target != null && target.offsets() != null) {
            return cluster.streams()
                    .resetOffsets(operation.supervisor(), "kafka", status.stream(), target.offsets())
                    .map(refusal -> operation.failed("Druid refuses the offsets: " + refusal, now))
                    .orElseGet(() -> operation.to(Phase.CHECKING).quiet(now));
        }
        Optional<ObjectNode> other = wanted.otherSource(
                operation.datasource(), operation.cluster(), operation.supervisor(), status.stream());
        if (other.isPresent()) {
            return asked(
                    operation,
                    now,
                    "the supervisor is being replaced by one that reads another topic",
                    () -> cluster.settings().terminateSupervisor(operation.supervisor()));
        }
        cluster.streams().reset(operation.supervisor());
        return operation.to(Phase.CHECKING).quiet(now);
    }

    /** Posts the wanted supervisor, suspended: its offsets are reset before it reads. */
    private StreamOperation posted(StreamOperation operation, DruidCluster cluster, Instant now) {
        Optional<ObjectNode> document =
                wanted.document(operation.datasource(), operation.cluster(), operation.supervisor());
        if (document.isEmpty()) {
            return operation.failed("the definition does not have the stream any more", now);
        }
        return cluster.settings()
                .postSupervisor(document.get().put("suspended", true))
                .map(refusal -> operation.failed("Druid refuses the supervisor: " + refusal, now))
                .orElseGet(() -> operation.waiting("the supervisor is being posted"));
    }

    private static StreamOperation resuming(
            StreamOperation operation, DruidCluster cluster, StreamStatus status, Instant now) {
        if (!status.supervisor().isSuspended()) {
            return operation.done(now);
        }
        return asked(operation, now, "the supervisor is being resumed", () -> cluster.streams()
                .resume(operation.supervisor()));
    }

    /**
     * Asks Druid for a change, and not again for a while. A supervisor takes up to its {@code shutdownTimeout} to stop, 80
     * seconds by default, and holds its manager's lock meanwhile. Calls that are repeated queue up behind it, and then meet the
     * supervisor that took its place.
     */
    private static StreamOperation asked(StreamOperation operation, Instant now, String what, Runnable call) {
        Instant before = operation.askedAt();
        if (before != null && now.isBefore(before.plus(LONGEST_STOP))) {
            return operation.waiting(what);
        }
        try {
            call.run();
        } catch (DruidException exception) {
            if (exception.code() != DruidException.Code.TIMED_OUT) {
                throw exception;
            }
            // Druid goes on with it.
        }
        return operation.asked(now).waiting(what);
    }

    private static StreamOperation checking(StreamOperation operation, StreamStatus status, Instant now) {
        return switch (operation.action()) {
            case SUSPEND, TERMINATE -> operation.done(now);
            case RESUME ->
                status.supervisor().isRunning()
                        ? operation.done(now)
                        : operation.waiting(
                                "the supervisor is " + status.supervisor().state() + ", "
                                        + status.supervisor().detailedState());
            case HANDOFF ->
                status.tasks().stream().map(StreamTask::id).anyMatch(operation.tasks()::contains)
                        ? operation.awaiting(operation.tasks())
                        : operation.done(now);
            case RESET -> moved(operation, status, now);
        };
    }

    private static StreamOperation moved(StreamOperation operation, StreamStatus status, Instant now) {
        if (!status.supervisor().isSuspended()) {
            return operation.failed("somebody has resumed the supervisor before its offsets were compared", now);
        }
        Instant asked = operation.quietSince();
        if (asked != null && (status.offsetsAt() == null || status.offsetsAt().isBefore(asked))) {
            return operation.waiting("Druid looks up the offsets");
        }
        Target target = operation.target();
        Map<String, Long> position = status.position();
        boolean isThere = target == null || target.offsets() == null
                ? position.values().stream().allMatch(offset -> offset == 0)
                : target.offsets().entrySet().stream()
                        .allMatch(offset -> offset.getValue().equals(position.get(offset.getKey())));
        if (!isThere) {
            return operation.waiting("the offsets are " + position + " and not those that were asked for");
        }
        return operation.suspendedBefore() ? operation.done(now) : operation.to(Phase.RESUMING);
    }
}
