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
import java.util.Set;
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

    /**
     * What there is to sweep.
     *
     * @param due the due datasources of all clusters that answer, in no order
     */
    record Found(List<SweepCandidate> due, SweepInventory inventory) {
        Found {
            due = List.copyOf(due);
        }
    }

    Found find() {
        List<SweepCandidate> candidates = new ArrayList<>();
        Map<String, Set<String>> datasources = new HashMap<>();
        for (String name : clusters.names()) {
            candidates.addAll(find(clusters.find(name).orElseThrow(), datasources));
        }
        return new Found(candidates, new SweepInventory(clusters.names(), datasources));
    }

    /** A cluster that gives no answer does not block the others. */
    private List<SweepCandidate> find(DruidCluster cluster, Map<String, Set<String>> datasources) {
        try {
            Instant latest = clock.instant().minus(settings.pause());
            Set<String> names = cluster.segmentCatalog().datasources();
            datasources.put(cluster.name(), names);
            return names.stream()
                    .map(name -> candidate(cluster, name))
                    .peek(this::measure)
                    .filter(candidate -> isDue(candidate, latest))
                    .toList();
        } catch (DruidException exception) {
            LOG.error("Cluster is not swept", "cluster", cluster.name(), "reason", exception.getMessage());
            return List.of();
        }
    }

    private SweepCandidate candidate(DruidCluster cluster, String datasource) {
        SweepState state = store.state(cluster.name(), datasource);
        return new SweepCandidate(
                cluster,
                datasource,
                state,
                store.failure(cluster.name(), datasource, state.lastSweptAt()).orElse(null));
    }

    /** The age of the last good sweep; where none was good yet, the time since the first one failed. */
    private void measure(SweepCandidate candidate) {
        SweepFailure failure = candidate.failure();
        Instant last = candidate.state().lastSweptAt() == null && failure != null
                ? failure.since()
                : candidate.state().lastSweptAt();
        if (last != null) {
            metrics.peak(
                    Metric.LAST_SWEEP_AGE,
                    MetricPlace.datasource(candidate.cluster().name(), candidate.datasource()),
                    Duration.between(last, clock.instant()).toSeconds());
        }
    }

    private static boolean isDue(SweepCandidate candidate, Instant latest) {
        Instant last = candidate.triedAt();
        return last == null || !last.isAfter(latest);
    }

    /**
     * Returns the order of sweeps. Datasources that have waited longest for a try come first, so those that
     * always time out do not hold up the others. The clusters of a datasource follow one another as its
     * definition names them.
     */
    static Comparator<SweepCandidate> order(DefinitionSnapshot definitions, List<SweepCandidate> candidates) {
        Map<String, Instant> waitingSince = new HashMap<>();
        for (SweepCandidate candidate : candidates) {
            Instant last = Optional.ofNullable(candidate.triedAt()).orElse(Instant.EPOCH);
            waitingSince.merge(candidate.datasource(), last, (left, right) -> left.isBefore(right) ? left : right);
        }
        return Comparator.comparing(
                        (SweepCandidate candidate) -> waitingSince.getOrDefault(candidate.datasource(), Instant.EPOCH))
                .thenComparing(SweepCandidate::datasource)
                .thenComparing(candidate ->
                        ClusterRollout.position(definitions, candidate.cluster().name(), candidate.datasource()));
    }
}
