package sluice.upkeep.retention;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import sluice.core.batch.DefinitionSnapshot;
import sluice.govern.registry.DefinitionCatalog;
import sluice.ingest.run.ParallelExecutor;

/**
 * Sweeps by schedule. The first sweep of a datasource, and the first after its policy has changed, is a dry run: its report
 * tells what the next will do.
 */
@ApplicationScoped
public class ScheduledSweeps {

    private static final Logger LOG = Logger.getLogger(ScheduledSweeps.class);

    private final SweepCandidates candidates;
    private final DefinitionCatalog catalog;
    private final ScheduledSweep sweep;
    private final ParallelExecutor workers;
    private final RetentionSettings settings;
    private final Clock clock;

    ScheduledSweeps(
            SweepCandidates candidates,
            DefinitionCatalog catalog,
            ScheduledSweep sweep,
            ParallelExecutor workers,
            RetentionSettings settings,
            Clock clock) {
        this.candidates = candidates;
        this.catalog = catalog;
        this.sweep = sweep;
        this.workers = workers;
        this.settings = settings;
        this.clock = clock;
    }

    /** Sweeps every datasource of every cluster, several at a time and those first that have waited longest; returns how many. */
    public int run() {
        Instant begun = clock.instant();
        List<SweepCandidate> found = candidates.all();
        if (found.isEmpty()) {
            return 0;
        }
        DefinitionSnapshot definitions = catalog.fresh();
        List<SweepCandidate> ordered = candidates.ordered(definitions, found);
        Map<String, List<SweepCandidate>> byDatasource = ordered.stream()
                .collect(Collectors.groupingBy(SweepCandidate::datasource, LinkedHashMap::new, Collectors.toList()));
        Instant deadline = begun.plus(settings.timeLimit());
        AtomicInteger swept = new AtomicInteger();
        AtomicInteger left = new AtomicInteger();
        workers.each(byDatasource.values(), clustersOfOne -> {
            for (SweepCandidate candidate : clustersOfOne) {
                if (clock.instant().isAfter(deadline)) {
                    left.incrementAndGet();
                } else if (sweep.run(definitions, candidate)) {
                    swept.incrementAndGet();
                }
            }
        });
        if (left.get() > 0) {
            LOG.warnf("No time for %d sweeps; they are the first of the next", left.get());
        }
        return swept.get();
    }
}
