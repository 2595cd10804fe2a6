package sluice.upkeep.compaction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import sluice.core.definition.Compaction.Engine;
import sluice.core.definition.Definition;
import sluice.govern.registry.DefinitionCatalog;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidClusters;
import sluice.platform.druid.DruidException;
import sluice.platform.event.CloudEvent;
import sluice.platform.event.EventBus;
import sluice.platform.log.Log;
import sluice.platform.state.AfterTick;
import sluice.platform.state.DueItemHandler;
import sluice.platform.state.Item;

/**
 * Watches whether Druid's automatic compaction makes progress where a definition asks for it. It is known to stall, or never
 * to begin, without a message (apache/druid #8481). The watch asks whichever service compacts, at most every
 * {@code sluice.compaction.watch}: the coordinator once, the overlord once per datasource. If there is no progress for {@code sluice.compaction.patience}, it sends one event and
 * logs one error.
 */
@ApplicationScoped
@Priority(30)
public class CompactionWatch implements DueItemHandler, AfterTick {

    private static final Log LOG = Log.of(CompactionWatch.class);

    private final CompactionProgressStore store;
    private final DefinitionCatalog catalog;
    private final DruidClusters clusters;
    private final EventBus bus;
    private final StalledEvents events;
    private final Clock clock;
    private final CompactionSettings settings;

    CompactionWatch(
            CompactionProgressStore store,
            DefinitionCatalog catalog,
            DruidClusters clusters,
            EventBus bus,
            StalledEvents events,
            Clock clock,
            CompactionSettings settings) {
        this.store = store;
        this.catalog = catalog;
        this.clusters = clusters;
        this.bus = bus;
        this.events = events;
        this.clock = clock;
        this.settings = settings;
    }

    /** Schedules the first check, unless checks are scheduled already. */
    @Override
    public void afterTick() {
        store.watch().begin(clock.instant(), () -> true);
    }

    /** Checks all clusters if the check is among the due items. */
    @Override
    public void handle(List<Item> due, Instant deadline) {
        Instant now = clock.instant();
        if (!store.watch().isAmong(due)) {
            return;
        }
        // First, so that a cluster that takes long and gives no answer is not asked at every tick.
        store.watch().next(now.plus(settings.watch()));
        watched().forEach((name, datasources) -> clusters.find(name).ifPresent(cluster -> {
            try {
                check(cluster, datasources, now);
            } catch (DruidException exception) {
                LOG.warn("Compaction cannot be watched", "cluster", name, "reason", exception.getMessage());
            }
        }));
    }

    private void check(DruidCluster cluster, Set<String> datasources, Instant now) {
        if (cluster.settings().compactsBySupervisors()) {
            // The overlord forgets all statuses when its leader changes, so a missing one says nothing.
            datasources.forEach(datasource -> cluster.settings()
                    .supervisorCompactionStatus(datasource)
                    .ifPresent(status -> check(cluster, datasource, status, now)));
            return;
        }
        Map<String, JsonNode> statuses = new TreeMap<>();
        cluster.settings()
                .compactionStatus()
                .forEach(status -> statuses.put(status.path("dataSource").asText(), status));
        for (String datasource : datasources) {
            JsonNode status = statuses.getOrDefault(datasource, MissingNode.getInstance());
            check(cluster, datasource, status, now);
        }
    }

    private Map<String, Set<String>> watched() {
        Map<String, Set<String>> byCluster = new TreeMap<>();
        for (Definition definition : catalog.current().byDatasource().values()) {
            if (definition.compaction().engine() != Engine.NONE) {
                definition.clusters().forEach(cluster -> byCluster
                        .computeIfAbsent(cluster, name -> new TreeSet<>())
                        .add(definition.datasource()));
            }
        }
        return byCluster;
    }

    private void check(DruidCluster cluster, String datasource, JsonNode status, Instant now) {
        long awaiting = status.path("bytesAwaitingCompaction").asLong(CompactionProgress.UNKNOWN);
        long compacted = status.path("bytesCompacted").asLong();
        CompactionProgress progress = store.find(cluster.name(), datasource)
                .orElseGet(() -> CompactionProgress.begun(awaiting, compacted, now))
                .seen(awaiting, compacted, now);
        if (progress.isStalled(settings.patience(), now) && !progress.alarmed()) {
            progress = awaiting == CompactionProgress.UNKNOWN
                            && !cluster.servedSegments().anyActive(datasource)
                    ? CompactionProgress.begun(awaiting, compacted, now)
                    : reported(cluster, datasource, status, progress, now);
        }
        store.write(cluster.name(), datasource, progress);
    }

    private CompactionProgress reported(
            DruidCluster cluster, String datasource, JsonNode status, CompactionProgress progress, Instant now) {
        LOG.error(
                "Automatic compaction makes no progress; check its locks, its task slots and failed compact tasks",
                "cluster",
                cluster.name(),
                "datasource",
                datasource,
                "since",
                progress.since(),
                "reason",
                status.isMissingNode() ? "Druid does not list the datasource" : status);
        CloudEvent event = events.stalled(cluster.name(), datasource, status, progress, now);
        return bus.publish(List.of(event)).isEmpty() ? progress : progress.reported();
    }
}
