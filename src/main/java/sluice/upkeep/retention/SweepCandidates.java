package sluice.upkeep.retention;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.core.batch.DefinitionSnapshot;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidClusters;
import sluice.platform.druid.DruidException;
import sluice.platform.log.Log;
import sluice.platform.metric.Metric;
import sluice.platform.metric.MetricPlace;
import sluice.platform.metric.Metrics;

/** Finds the datasources that are due for a scheduled sweep. */
@ApplicationScoped
class SweepCandidates {

    private static final Log LOG = Log.of(SweepCandidates.class);

    private final DruidClusters clusters;
    private final ReportStore store;
    private final RetentionSettings settings;
    private final Metrics metrics;
    private final Clock clock;

    SweepCandidates(
            DruidClusters clusters, ReportStore store, RetentionSettings settings, Metrics metrics, Clock clock) {
        this.clusters = clusters;
        this.store = store;
        this.settings = settings;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Returns the due datasources of all clusters that answer, in no order. */
    List<SweepCandidate> find() {
        List<SweepCandidate> candidates = new ArrayList<>();
        for (String name : clusters.names()) {
            candidates.addAll(find(clusters.find(name).orElseThrow()));
        }
        return candidates;
    }

    /** A cluster that gives no answer does not block the others. */
    private List<SweepCandidate> find(DruidCluster cluster) {
        try {
            Instant latest = clock.instant().minus(settings.pause());
            return cluster.segmentCatalog().datasources().stream()
                    .map(name -> new SweepCandidate(cluster, name, store.state(cluster.name(), name)))
                    .peek(this::measure)
                    .filter(candidate -> isDue(candidate.state(), latest))
                    .toList();
        } catch (DruidException exception) {
            LOG.error("Cluster is not swept", "cluster", cluster.name(), "reason", exception.getMessage());
            return List.of();
        }
    }

    /** A sweep that fails leaves no report, so the one before it grows old. */
    private void measure(SweepCandidate candidate) {
        Instant last = candidate.state().lastSweptAt();
        if (last != null) {
            metrics.peak(
                    Metric.LAST_SWEEP_AGE,
                    MetricPlace.datasource(candidate.cluster().name(), candidate.datasource()),
                    Duration.between(last, clock.instant()).toSeconds());
        }
    }

    private static boolean isDue(SweepState state, Instant latest) {
        return state.lastSweptAt() == null || !state.lastSweptAt().isAfter(latest);
    }

    /**
     * Returns the order of sweeps: the datasources that have waited longest first, and the clusters of a datasource one
     * after the other, as its definition names them.
     */
    static Comparator<SweepCandidate> order(DefinitionSnapshot definitions, List<SweepCandidate> candidates) {
        Map<String, Instant> waitingSince = new HashMap<>();
        for (SweepCandidate candidate : candidates) {
            Instant last = Optional.ofNullable(candidate.state().lastSweptAt()).orElse(Instant.EPOCH);
            waitingSince.merge(candidate.datasource(), last, (left, right) -> left.isBefore(right) ? left : right);
        }
        return Comparator.comparing(
                        (SweepCandidate candidate) -> waitingSince.getOrDefault(candidate.datasource(), Instant.EPOCH))
                .thenComparing(SweepCandidate::datasource)
                .thenComparing(candidate ->
                        ClusterRollout.position(definitions, candidate.cluster().name(), candidate.datasource()));
    }
}
