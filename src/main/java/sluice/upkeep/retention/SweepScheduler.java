package sluice.upkeep.retention;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import sluice.core.batch.DefinitionSnapshot;
import sluice.govern.registry.DefinitionCatalog;
import sluice.ingest.run.ParallelExecutor;
import sluice.platform.druid.DruidException;
import sluice.platform.log.Log;
import sluice.platform.objects.ObjectStoreException;
import sluice.platform.state.StateException;

/** Sweeps every datasource of every cluster, by schedule. */
@ApplicationScoped
public class SweepScheduler {

    private static final Log LOG = Log.of(SweepScheduler.class);

    private final SweepCandidates candidates;
    private final DefinitionCatalog catalog;
    private final ScheduledSweep sweep;
    private final ParallelExecutor executor;
    private final RetentionSettings settings;
    private final Clock clock;

    SweepScheduler(
            SweepCandidates candidates,
            DefinitionCatalog catalog,
            ScheduledSweep sweep,
            ParallelExecutor executor,
            RetentionSettings settings,
            Clock clock) {
        this.candidates = candidates;
        this.catalog = catalog;
        this.sweep = sweep;
        this.executor = executor;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Sweeps what is due, several datasources at a time and those first that have waited longest. A failed sweep does not
     * stop the others. After {@code sluice.retention.time-limit} no further sweep begins.
     *
     * @return number of sweeps that have left a report
     */
    public int sweepAll() {
        Instant deadline = clock.instant().plus(settings.timeLimit());
        List<SweepCandidate> due = candidates.find();
        if (due.isEmpty()) {
            return 0;
        }
        DefinitionSnapshot definitions = catalog.fresh();
        Map<String, List<SweepCandidate>> byDatasource = due.stream()
                .sorted(SweepCandidates.order(definitions, due))
                .collect(Collectors.groupingBy(SweepCandidate::datasource, LinkedHashMap::new, Collectors.toList()));
        AtomicInteger swept = new AtomicInteger();
        AtomicInteger left = new AtomicInteger();
        executor.each(byDatasource.values(), clustersOfDatasource -> {
            for (SweepCandidate candidate : clustersOfDatasource) {
                if (clock.instant().isAfter(deadline)) {
                    left.incrementAndGet();
                } else if (isSwept(definitions, candidate)) {
                    swept.incrementAndGet();
                }
            }
        });
        if (left.get() > 0) {
            LOG.warn("Time limit of sweeps is reached; the next invocation begins with the rest", "left", left.get());
        }
        return swept.get();
    }

    private boolean isSwept(DefinitionSnapshot definitions, SweepCandidate candidate) {
        String cluster = candidate.cluster().name();
        String datasource = candidate.datasource();
        try {
            return sweep.run(definitions, candidate).isPresent();
        } catch (DruidException exception) {
            LOG.error("Sweep failed", "cluster", cluster, "datasource", datasource, "reason", exception.getMessage());
        } catch (StateException | ObjectStoreException | IllegalStateException | IllegalArgumentException exception) {
            LOG.error(exception, "Sweep failed", "cluster", cluster, "datasource", datasource);
        }
        return false;
    }
}
