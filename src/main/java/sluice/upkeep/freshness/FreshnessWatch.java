package sluice.upkeep.freshness;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import sluice.core.definition.BatchDefinition;
import sluice.core.definition.Definition;
import sluice.govern.registry.DefinitionCatalog;
import sluice.ingest.run.ParallelExecutor;
import sluice.platform.log.Log;
import sluice.platform.metric.Metric;
import sluice.platform.metric.MetricPlace;
import sluice.platform.metric.Metrics;
import sluice.platform.state.AfterTick;
import sluice.platform.state.DueItemHandler;
import sluice.platform.state.Item;

/**
 * Watches whether datasources are as fresh as their definitions expect, every {@code sluice.freshness.watch}. A change is
 * said once: it is stored in one transaction with its event. Without such a definition the watch never begins, and costs
 * nothing.
 */
@ApplicationScoped
@Priority(25)
public class FreshnessWatch implements DueItemHandler, AfterTick {

    private static final Log LOG = Log.of(FreshnessWatch.class);

    private final FreshnessStore store;
    private final FreshnessCheck check;
    private final DefinitionCatalog catalog;
    private final ParallelExecutor executor;
    private final Metrics metrics;
    private final Clock clock;
    private final FreshnessSettings settings;

    FreshnessWatch(
            FreshnessStore store,
            FreshnessCheck check,
            DefinitionCatalog catalog,
            ParallelExecutor executor,
            Metrics metrics,
            Clock clock,
            FreshnessSettings settings) {
        this.store = store;
        this.check = check;
        this.catalog = catalog;
        this.executor = executor;
        this.metrics = metrics;
        this.clock = clock;
        this.settings = settings;
    }

    private record Expected(String cluster, String datasource, Duration limit) {}

    /** Schedules the first check once a definition expects freshness, unless checks are scheduled already. */
    @Override
    public void afterTick() {
        store.watch().begin(clock.instant(), () -> !expected().isEmpty());
    }

    /** Checks all datasources if the check is among the due items. */
    @Override
    public void handle(List<Item> due, Instant deadline) {
        if (!store.watch().isAmong(due)) {
            return;
        }
        // First, so that a check that fails or takes long is not repeated at every tick.
        store.watch().next(clock.instant().plus(settings.watch()));
        List<Expected> all = expected();
        if (all.isEmpty()) {
            return;
        }
        AtomicInteger stale = new AtomicInteger();
        AtomicInteger left = new AtomicInteger();
        executor.each(all, expected -> {
            if (!clock.instant().isBefore(deadline)) {
                left.incrementAndGet();
            } else if (check.isStale(expected.cluster(), expected.datasource(), expected.limit())) {
                stale.incrementAndGet();
            }
        });
        metrics.write(MetricPlace.ENVIRONMENT, Map.of(Metric.DATASOURCES_STALE, (long) stale.get()), Map.of());
        if (left.get() > 0) {
            LOG.warn("Time limit of the tick is reached before all freshness is checked", "left", left.get());
        }
    }

    private List<Expected> expected() {
        List<Expected> all = new ArrayList<>();
        for (Definition definition : catalog.current().byDatasource().values()) {
            BatchDefinition batch = definition.batch();
            Duration limit = batch == null ? null : batch.freshness();
            if (limit != null) {
                definition
                        .clusters()
                        .forEach(cluster -> all.add(new Expected(cluster, definition.datasource(), limit)));
            }
        }
        return all;
    }
}
