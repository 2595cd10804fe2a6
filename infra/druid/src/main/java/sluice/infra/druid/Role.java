package sluice.infra.druid;

import com.google.inject.Key;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.druid.cli.CliBroker;
import org.apache.druid.cli.CliCoordinator;
import org.apache.druid.cli.CliHistorical;
import org.apache.druid.cli.CliIndexer;
import org.apache.druid.cli.CliRouter;
import org.apache.druid.cli.ServerRunnable;
import org.apache.druid.discovery.NodeRole;
import org.apache.druid.guice.annotations.RemoteChatHandler;
import org.eclipse.jetty.server.Server;

/**
 * A server of the cluster: Druid's own command for it, the node roles it announces, and where its injector keeps its
 * Jetty server.
 */
enum Role {
    /** The front address of the whole cluster. */
    ROUTER(CliRouter::new, Set.of(NodeRole.ROUTER), Key.get(Server.class)) {
        @Override
        Map<String, String> properties(ClusterSettings settings) {
            return Map.of(
                    "druid.router.managementProxy.enabled", "true",
                    "druid.router.defaultBrokerServiceName", "druid/broker",
                    "druid.router.coordinatorServiceName", "druid/coordinator",
                    "druid.router.http.numConnections", "10",
                    "druid.router.http.numMaxThreads", "20");
        }
    },

    /** Coordinator and Overlord. Every poll that a test would wait for is set to one second. */
    COORDINATOR(CliCoordinator::new, Set.of(NodeRole.COORDINATOR, NodeRole.OVERLORD), Key.get(Server.class)) {
        @Override
        Map<String, String> properties(ClusterSettings settings) {
            return Map.ofEntries(
                    Map.entry("druid.coordinator.asOverlord.enabled", "true"),
                    Map.entry("druid.coordinator.asOverlord.overlordService", "druid/overlord"),
                    Map.entry("druid.coordinator.startDelay", "PT1S"),
                    Map.entry("druid.coordinator.period", "PT1S"),
                    Map.entry("druid.coordinator.period.indexingPeriod", "PT5S"),
                    Map.entry("druid.manager.segments.pollDuration", "PT1S"),
                    Map.entry("druid.manager.rules.pollDuration", "PT1S"),
                    Map.entry("druid.manager.config.pollDuration", "PT1S"),
                    Map.entry("druid.indexer.queue.startDelay", "PT0S"),
                    Map.entry("druid.indexer.runner.type", "httpRemote"),
                    Map.entry("druid.indexer.storage.type", "metadata"));
        }
    },

    BROKER(CliBroker::new, Set.of(NodeRole.BROKER), Key.get(Server.class)) {
        @Override
        Map<String, String> properties(ClusterSettings settings) {
            return Map.of(
                    "druid.broker.http.numConnections", "5",
                    "druid.sql.planner.metadataRefreshPeriod", "PT1S");
        }
    },

    HISTORICAL(CliHistorical::new, Set.of(NodeRole.HISTORICAL), Key.get(Server.class)) {
        @Override
        Map<String, String> properties(ClusterSettings settings) {
            return Map.of("druid.segmentCache.locations", segmentCache(settings, "segment-cache", 3_000_000_000L));
        }
    },

    /** Runs four tasks at once, as threads. Its injector makes a second server if asked for the plain key. */
    INDEXER(CliIndexer::new, Set.of(NodeRole.INDEXER), Key.get(Server.class, RemoteChatHandler.class)) {
        @Override
        Map<String, String> properties(ClusterSettings settings) {
            return Map.of(
                    "druid.worker.capacity", "4",
                    "druid.worker.numConcurrentMerges", "1",
                    "druid.worker.globalIngestionHeapLimitBytes", "100000000",
                    "druid.segment.handoff.pollDuration", "PT1S",
                    "druid.indexer.task.baseDir", settings.folder("task"),
                    "druid.segmentCache.locations", segmentCache(settings, "indexer-cache", 1_000_000_000L));
        }
    };

    private final Supplier<ServerRunnable> command;
    private final Set<NodeRole> nodeRoles;
    private final Key<Server> server;

    Role(Supplier<ServerRunnable> command, Set<NodeRole> nodeRoles, Key<Server> server) {
        this.command = command;
        this.nodeRoles = nodeRoles;
        this.server = server;
    }

    /** The properties that only this role has, over {@link CommonProperties}. */
    abstract Map<String, String> properties(ClusterSettings settings);

    ServerRunnable command() {
        return command.get();
    }

    Set<NodeRole> nodeRoles() {
        return nodeRoles;
    }

    Key<Server> server() {
        return server;
    }

    /** Name that Druid announces for service discovery, such as druid/broker. */
    String serviceName() {
        return "druid/" + name().toLowerCase(Locale.ROOT);
    }

    private static String segmentCache(ClusterSettings settings, String folder, long maxSizeBytes) {
        return "[{\"path\":\"%s\",\"maxSize\":%d}]".formatted(settings.folder(folder), maxSizeBytes);
    }
}
