package sluice.upkeep.freshness;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import sluice.core.batch.RunKind;
import sluice.ingest.run.RunIndex;
import sluice.ingest.run.RunSummary;
import sluice.platform.log.Log;
import sluice.platform.metric.Metric;
import sluice.platform.metric.MetricPlace;
import sluice.platform.metric.Metrics;

/** Compares the age of one datasource's data with its limit. Two reads, and a write only if something has changed. */
@ApplicationScoped
class FreshnessCheck {

    private static final Log LOG = Log.of(FreshnessCheck.class);
    private static final String AVAILABLE = "Available";

    private final RunIndex runs;
    private final FreshnessStore store;
    private final FreshnessEvents events;
    private final Metrics metrics;
    private final Clock clock;

    FreshnessCheck(RunIndex runs, FreshnessStore store, FreshnessEvents events, Metrics metrics, Clock clock) {
        this.runs = runs;
        this.store = store;
        this.events = events;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Checks a datasource once, and says so if its data has become stale, or is fresh again.
     *
     * @return true if its data is stale
     */
    boolean isStale(String cluster, String datasource, Duration limit) {
        Instant now = clock.instant();
        FreshnessState state = store.state(cluster, datasource, now);
        Instant dataAt = runs.newest(datasource, run -> isLoad(run, cluster))
                .map(RunSummary::createdAt)
                .orElse(null);
        Freshness freshness = new Freshness(cluster, datasource, limit, dataAt, state.watchedSince());
        boolean stale = freshness.isStale(now);
        metrics.write(
                MetricPlace.datasource(cluster, datasource),
                Map.of(
                        Metric.DATA_AGE,
                        Math.max(0, freshness.age(now).toSeconds()),
                        Metric.DATA_AGE_OF_LIMIT,
                        freshness.percent(now)),
                Map.of("Freshness", limit.toString(), "Stale", String.valueOf(stale)));
        if (stale != state.stale() || state.version() == 0) {
            changed(freshness, state.next(stale), stale != state.stale(), now);
        }
        return stale;
    }

    private void changed(Freshness freshness, FreshnessState next, boolean isNews, Instant now) {
        String cluster = freshness.cluster();
        String datasource = freshness.datasource();
        if (isNews) {
            LOG.warn(
                    next.stale() ? "Datasource is stale" : "Datasource is fresh again",
                    "cluster",
                    cluster,
                    "datasource",
                    datasource,
                    "freshness",
                    freshness.limit(),
                    "dataAt",
                    freshness.dataAt());
        }
        store.save(cluster, datasource, next, isNews ? List.of(events.changed(freshness, next, now)) : List.of());
    }

    private static boolean isLoad(RunSummary run, String cluster) {
        return run.cluster().equals(cluster)
                && run.state().equals(AVAILABLE)
                && run.kind().equals(RunKind.BATCH.label());
    }
}
