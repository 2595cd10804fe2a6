package sluice.govern.streams;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import sluice.govern.streams.StreamOperation.Action;
import sluice.govern.streams.StreamOperation.Phase;
import sluice.govern.streams.StreamOperation.Target;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidClusters;
import sluice.platform.druid.StreamStatus;
import sluice.platform.log.Log;

/** Plans and starts operations on streams. Ticks do the rest. */
@ApplicationScoped
public class StreamOperations {

    private static final Log LOG = Log.of(StreamOperations.class);

    private final StreamStore store;
    private final WantedStreams wanted;
    private final DruidClusters clusters;
    private final Clock clock;

    StreamOperations(StreamStore store, WantedStreams wanted, DruidClusters clusters, Clock clock) {
        this.store = store;
        this.wanted = wanted;
        this.clusters = clusters;
        this.clock = clock;
    }

    public Optional<StreamOperation> find(String cluster, String supervisor, int number) {
        return store.find(cluster, supervisor, number);
    }

    /** Returns at most so many operations, newest first. */
    public List<StreamOperation> history(String cluster, String supervisor, int most) {
        return store.operations(cluster, supervisor, most);
    }

    /**
     * Returns what the operation would do, and writes nothing.
     *
     * @throws StreamException if it cannot be started
     * @throws sluice.platform.druid.DruidException if the cluster does not respond
     */
    public StreamPlan plan(StreamOrder order) {
        StreamStatus status = status(order);
        Target target = order.action() == Action.RESET ? target(order, status) : null;
        Optional<ObjectNode> other =
                order.action() == Action.RESET ? wanted.otherSource(order, status) : Optional.empty();
        List<StreamPlan.Move> moves = new ArrayList<>();
        SortedMap<String, Long> now = status.position();
        if (target != null && target.offsets() != null) {
            target.offsets()
                    .forEach((partition, offset) ->
                            moves.add(StreamPlan.Move.of(partition, now.getOrDefault(partition, offset), offset)));
        }
        moves.sort((left, right) -> left.partition().compareTo(right.partition()));
        return new StreamPlan(
                order.datasource(),
                order.cluster(),
                order.supervisor(),
                order.action(),
                target,
                StreamTexts.steps(order.action(), target, status.supervisor().isSuspended(), other),
                StreamTexts.warnings(order.action(), target, moves, other, wanted.isWanted(order)),
                moves);
    }

    /**
     * Stores an operation, which ticks carry out. A repeated call with the same key returns the same operation.
     *
     * @throws StreamException if it cannot be started, or another one is open
     * @throws sluice.platform.druid.DruidException if the cluster does not respond
     */
    public StreamOperation start(StreamOrder order) {
        Optional<StreamOperation> same = repeated(order);
        if (same.isPresent()) {
            return same.get();
        }
        StreamStore.Newest newest = store.newest(order.cluster(), order.supervisor());
        if (newest.isOpen()) {
            throw new StreamException("operation " + newest.number() + " on the stream has not ended yet");
        }
        StreamStatus status = status(order);
        Instant now = clock.instant();
        StreamOperation operation = new StreamOperation(
                order.datasource(),
                order.cluster(),
                order.supervisor(),
                newest.number() + 1,
                order.action(),
                order.action() == Action.RESET ? target(order, status) : null,
                order.reason(),
                order.author(),
                now,
                first(order.action()),
                status.supervisor().isSuspended(),
                null,
                null,
                List.of(),
                null,
                null,
                null,
                0,
                null);
        if (!store.create(operation, newest, order.keyHash(), order.request(), now)) {
            return repeated(order)
                    .orElseThrow(
                            () -> new StreamException("somebody else has started an operation at the same moment"));
        }
        LOG.info(
                "Operation on a stream is started",
                "cluster",
                order.cluster(),
                "supervisor",
                order.supervisor(),
                "operation",
                order.action(),
                "author",
                order.author(),
                "reason",
                order.reason());
        return operation.written();
    }

    private Optional<StreamOperation> repeated(StreamOrder order) {
        String key = order.keyHash();
        return Optional.ofNullable(key).flatMap(store::keyed).flatMap(keyed -> {
            if (!keyed.request().equals(order.request())) {
                throw new StreamException("the idempotency key '" + order.key() + "' belongs to another request");
            }
            return store.find(order.cluster(), order.supervisor(), keyed.number());
        });
    }

    private static Phase first(Action action) {
        return switch (action) {
            case SUSPEND, RESET, TERMINATE -> Phase.STOPPING;
            case RESUME, HANDOFF -> Phase.MOVING;
        };
    }

    private StreamStatus status(StreamOrder order) {
        DruidCluster cluster = clusters.find(order.cluster())
                .orElseThrow(() -> new StreamException("the environment has no cluster " + order.cluster()));
        // A supervisor of another datasource is none of the caller's business.
        return cluster.settings()
                .supervisor(order.supervisor())
                .filter(document ->
                        document.at("/spec/dataSchema/dataSource").asText().equals(order.datasource()))
                .flatMap(document -> cluster.streams().status(order.supervisor()))
                .orElseThrow(() -> new StreamException("cluster " + order.cluster() + " has no supervisor '"
                        + order.supervisor() + "' of datasource " + order.datasource()));
    }

    private Target target(StreamOrder order, StreamStatus status) {
        Integer number = order.snapshot();
        Instant time = order.time();
        Optional<OffsetSnapshot> found;
        String from;
        if (number != null) {
            from = "operation " + number;
            found = store.find(order.cluster(), order.supervisor(), number).map(StreamOperation::before);
        } else if (time != null) {
            from = "the newest snapshot from before " + time;
            found = store.snapshotAt(order.cluster(), order.supervisor(), time);
        } else {
            return Target.START;
        }
        OffsetSnapshot snapshot =
                found.orElseThrow(() -> new StreamException("there are no offsets of " + from + " on this stream"));
        if (!snapshot.stream().equals(status.stream())) {
            throw new StreamException("the offsets of " + from + " are of '" + snapshot.stream()
                    + "', and the supervisor reads '" + status.stream() + "'");
        }
        return new Target(Map.copyOf(snapshot.offsets()), snapshot.stream(), from + ", taken at " + snapshot.at());
    }
}
