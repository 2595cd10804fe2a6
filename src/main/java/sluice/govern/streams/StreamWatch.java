package sluice.govern.streams;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.core.definition.Definition;
import sluice.core.spec.GeneratedSupervisor;
import sluice.govern.streams.StreamHealth.State;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidClusters;
import sluice.platform.druid.DruidException;
import sluice.platform.druid.StreamStatus;
import sluice.platform.druid.SupervisorStatus;
import sluice.platform.event.CloudEvent;
import sluice.platform.event.EventType;
import sluice.platform.log.Log;
import sluice.platform.state.AfterTick;
import sluice.platform.state.DueItemHandler;
import sluice.platform.state.Item;

/**
 * Looks at all streams at most every {@code sluice.streams.watch}, with two calls each. It records how far they are read, so
 * that a reset can go back to a time, and sends an event when a stream becomes unhealthy, lags or has recovered.
 */
@ApplicationScoped
@Priority(35)
public class StreamWatch implements DueItemHandler, AfterTick {

    private static final Log LOG = Log.of(StreamWatch.class);

    /** Failures of tasks that are older do not count. */
    private static final Duration RECENT = Duration.ofHours(2);

    private final StreamHealthStore store;
    private final StreamStore snapshots;
    private final WantedStreams wanted;
    private final StreamEvents events;
    private final DruidClusters clusters;
    private final Clock clock;
    private final StreamSettings settings;

    StreamWatch(
            StreamHealthStore store,
            StreamStore snapshots,
            WantedStreams wanted,
            StreamEvents events,
            DruidClusters clusters,
            Clock clock,
            StreamSettings settings) {
        this.store = store;
        this.snapshots = snapshots;
        this.wanted = wanted;
        this.events = events;
        this.clusters = clusters;
        this.clock = clock;
        this.settings = settings;
    }

    /** Schedules the first look, unless looks are scheduled already. Without streams there is nothing to look at. */
    @Override
    public void afterTick() {
        store.watch().begin(clock.instant(), () -> !wanted.definitions().isEmpty());
    }

    @Override
    public void handle(List<Item> due, Instant deadline) {
        Instant now = clock.instant();
        if (!store.watch().isAmong(due)) {
            return;
        }
        // First, so that a cluster that takes long and gives no answer is not asked at every tick.
        store.watch().next(now.plus(settings.watch()));
        for (Definition definition : wanted.definitions()) {
            for (String name : definition.clusters()) {
                clusters.find(name).ifPresent(cluster -> look(cluster, definition, deadline));
            }
        }
    }

    private void look(DruidCluster cluster, Definition definition, Instant deadline) {
        for (GeneratedSupervisor supervisor : wanted.supervisors(definition)) {
            if (!clock.instant().isBefore(deadline)) {
                return;
            }
            try {
                look(cluster, definition.datasource(), supervisor.id(), clock.instant());
            } catch (DruidException exception) {
                LOG.warn(
                        "Stream cannot be watched",
                        "cluster",
                        cluster.name(),
                        "supervisor",
                        supervisor.id(),
                        "reason",
                        exception.getMessage());
                return;
            }
        }
    }

    private void look(DruidCluster cluster, String datasource, String supervisor, Instant now) {
        StreamHealth before = store.find(cluster.name(), supervisor).orElseGet(() -> StreamHealth.first(now));
        Optional<StreamStatus> status = cluster.streams().status(supervisor);
        List<PassedOver> fresh = status.map(found -> PassedOver.in(found, before.passedOver(), now))
                .orElse(List.of());
        StreamHealth seen = status.map(found -> seen(cluster, supervisor, found, before, now))
                .orElse(before)
                .passing(fresh);
        StreamHealth after = judged(cluster, datasource, supervisor, status, seen, now);
        List<CloudEvent> news = new ArrayList<>(news(cluster, datasource, supervisor, before, after, now));
        if (!fresh.isEmpty()) {
            news.add(events.skipped(cluster.name(), datasource, supervisor, fresh, now));
            LOG.warn(
                    "Druid has passed over messages of a stream",
                    "cluster",
                    cluster.name(),
                    "datasource",
                    datasource,
                    "supervisor",
                    supervisor,
                    "partitions",
                    fresh);
        }
        store.write(cluster.name(), supervisor, after, news);
    }

    private StreamHealth seen(
            DruidCluster cluster, String supervisor, StreamStatus status, StreamHealth before, Instant now) {
        if (status.offsetsAt() != null && !status.position().isEmpty()) {
            snapshots.record(
                    cluster.name(),
                    supervisor,
                    new OffsetSnapshot(status.offsetsAt(), status.stream(), status.position()));
        }
        long starting = status.tasks().stream()
                .filter(task -> !task.isPublishing())
                .flatMap(task -> task.starting().values().stream())
                .mapToLong(Long::longValue)
                .sum();
        return before.published(Math.max(starting, before.starting()), now)
                .lagging(status.totalLag(), settings.maxLag(), now);
    }

    private StreamHealth judged(
            DruidCluster cluster,
            String datasource,
            String supervisor,
            Optional<StreamStatus> status,
            StreamHealth seen,
            Instant now) {
        if (status.isEmpty()) {
            return seen.to(State.UNHEALTHY, "Druid has no supervisor with this id", now);
        }
        SupervisorStatus supervisorStatus = status.get().supervisor();
        if (supervisorStatus.isSuspended()) {
            // A person wants it so. Its lag grows, and that is no news.
            return seen.to(State.HEALTHY, "", now);
        }
        if (!supervisorStatus.healthy()) {
            return seen.to(State.UNHEALTHY, supervisorStatus.withLatestError("it is " + supervisorStatus.state()), now);
        }
        Optional<String> failure = cluster.taskTable().streamFailure(datasource, supervisor, now.minus(RECENT), now);
        if (failure.isPresent()) {
            return seen.to(State.UNHEALTHY, "its tasks fail one after the other: " + failure.get(), now);
        }
        return seen.isStuck(settings.lagPatience(), settings.maxLag(), now)
                ? seen.to(State.LAGGING, seen.lag() + " messages are unread, and their number does not shrink", now)
                : seen.lag() > settings.maxLag() && seen.state() == State.LAGGING
                        ? seen
                        : seen.to(State.HEALTHY, "", now);
    }

    private List<CloudEvent> news(
            DruidCluster cluster,
            String datasource,
            String supervisor,
            StreamHealth before,
            StreamHealth after,
            Instant now) {
        if (before.state() == after.state()) {
            return List.of();
        }
        EventType type =
                switch (after.state()) {
                    case HEALTHY -> EventType.STREAM_RECOVERED;
                    case UNHEALTHY -> EventType.STREAM_UNHEALTHY;
                    case LAGGING -> EventType.STREAM_LAGGING;
                };
        LOG.warn(
                "Stream has changed its state",
                "cluster",
                cluster.name(),
                "datasource",
                datasource,
                "supervisor",
                supervisor,
                "state",
                after.state(),
                "reason",
                after.reason());
        return List.of(events.of(type, cluster.name(), datasource, supervisor, after, now));
    }
}
