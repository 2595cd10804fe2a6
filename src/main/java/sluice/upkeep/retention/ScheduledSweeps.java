package sluice.upkeep.retention;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import sluice.core.batch.DefinitionSnapshot;
import sluice.govern.registry.DefinitionCatalog;
import sluice.ingest.run.ParallelExecutor;
import sluice.platform.druid.InvocationTime;
import sluice.platform.log.Log;

/** Sweeps every datasource of every cluster, by schedule. */
@ApplicationScoped
public class ScheduledSweeps {

    private static final Log LOG = Log.of(ScheduledSweeps.class);

    private static final Duration LAST_CALLS = Duration.ofMinutes(1);

    private final SweepCandidates candidates;
    private final DefinitionCatalog catalog;
    private final ScheduledSweep sweep;
    private final ParallelExecutor executor;
    private final RetentionSettings settings;
    private final InvocationTime time;
    private final Clock clock;

    ScheduledSweeps(
            SweepCandidates candidates,
            DefinitionCatalog catalog,
            ScheduledSweep sweep,
            ParallelExecutor executor,
            RetentionSettings settings,
            InvocationTime time,
            Clock clock) {
        this.candidates = candidates;
        this.catalog = catalog;
        this.sweep = sweep;
        this.executor = executor;
        this.settings = settings;
        this.time = time;
        this.clock = clock;
    }

    /**
     * Sweeps what is due, several datasources at a time and those first that have waited longest. A failed sweep does not
     * stop the others. After {@code sluice.retention.time-limit} no further sweep begins.
     *
     * @return number of sweeps that have left a report
     */
    public int run() {
        Instant deadline = clock.instant().plus(settings.timeLimit());
        // Kills of the last sweeps, their reports and the outbox need a moment more.
        time.endsAt(deadline.plus(LAST_CALLS));
        SweepCandidates.Found found = candidates.find();
        List<SweepCandidate> due = found.due();
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
                } else if (sweep.run(candidate, found.inventory())) {
                    swept.incrementAndGet();
                }
            }
        });
        if (left.get() > 0) {
            LOG.warn("Time limit of sweeps is reached; the next invocation begins with the rest", "left", left.get());
        }
        return swept.get();
    }
}
