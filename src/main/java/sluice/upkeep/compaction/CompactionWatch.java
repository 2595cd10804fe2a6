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
import org.jboss.logging.Logger;
import sluice.core.definition.Compaction.Engine;
import sluice.core.definition.Definition;
import sluice.govern.registry.DefinitionCatalog;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidClusters;
import sluice.platform.druid.DruidException;
import sluice.platform.event.CloudEvent;
import sluice.platform.event.EventBus;
import sluice.platform.state.DueItemHandler;
import sluice.platform.state.Item;

/**
 * Watches whether Druid's automatic compaction gets on where a definition asks for it: it is known to stand still, or never
 * to begin, without a word (apache/druid #8481). One call a cluster, at most every {@code sluice.compaction.watch}; what
 * has not got on for {@code sluice.compaction.patience} is told once, by an event and in the log.
 */
@ApplicationScoped
@Priority(30)
public class CompactionWatch implements DueItemHandler {

    private static final Logger LOG = Logger.getLogger(CompactionWatch.class);

    private final ProgressStore store;
    private final DefinitionCatalog catalog;
    private final DruidClusters clusters;
    private final EventBus bus;
    private final StalledEvents events;
    private final Clock clock;
    private final CompactionSettings settings;
    private boolean begun;

    CompactionWatch(
            ProgressStore store,
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

    /** Has the first look become due, if there never was one. */
    public synchronized void begin() {
        if (!begun) {
            store.begin(clock.instant());
            begun = true;
        }
    }

    /** Looks if the look is among the items that are due. */
    @Override
    public void handle(List<Item> due, Instant deadline) {
        Instant now = clock.instant();
        if (due.stream().noneMatch(ProgressStore::isWatch)) {
            return;
        }
        // First, so that a cluster that takes long to say nothing is not asked at every tick.
        store.next(now.plus(settings.watch()));
        watched().forEach((name, datasources) -> clusters.find(name).ifPresent(cluster -> {
            try {
                look(cluster, datasources, now);
            } catch (DruidException exception) {
                LOG.warnf("Compaction cannot be watched: %s", exception.getMessage());
            }
        }));
    }

    private void look(DruidCluster cluster, Set<String> datasources, Instant now) {
        Map<String, JsonNode> statuses = new TreeMap<>();
        cluster.settings()
                .compactionStatus()
                .forEach(status -> statuses.put(status.path("dataSource").asText(), status));
        for (String datasource : datasources) {
            JsonNode status = statuses.getOrDefault(datasource, MissingNode.getInstance());
            look(cluster, datasource, status, now);
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

    private void look(DruidCluster cluster, String datasource, JsonNode status, Instant now) {
        long awaiting = status.path("bytesAwaitingCompaction").asLong(Progress.UNKNOWN);
        long compacted = status.path("bytesCompacted").asLong();
        Progress progress = store.find(cluster.name(), datasource)
                .orElseGet(() -> Progress.begun(awaiting, compacted, now))
                .seen(awaiting, compacted, now);
        if (progress.isStalled(settings.patience(), now) && !progress.alarmed()) {
            progress = awaiting == Progress.UNKNOWN && !cluster.servedSegments().anyActive(datasource)
                    ? Progress.begun(awaiting, compacted, now)
                    : told(cluster, datasource, status, progress, now);
        }
        store.write(cluster.name(), datasource, progress);
    }

    private Progress told(DruidCluster cluster, String datasource, JsonNode status, Progress progress, Instant now) {
        LOG.errorf(
                "Automatic compaction of %s/%s has not got on since %s: %s. See its locks, the task slots of compaction"
                        + " and failed compact tasks",
                cluster.name(),
                datasource,
                progress.since(),
                status.isMissingNode() ? "Druid does not list it" : status);
        CloudEvent event = events.stalled(cluster.name(), datasource, status, progress, now);
        return bus.publish(List.of(event)).isEmpty() ? progress : progress.told();
    }
}
