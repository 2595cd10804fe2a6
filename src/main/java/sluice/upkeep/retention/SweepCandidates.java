package sluice.upkeep.retention;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import sluice.core.batch.DefinitionSnapshot;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidClusters;
import sluice.platform.druid.DruidException;

/** Finds the datasources that a scheduled sweep takes, and their order. */
@ApplicationScoped
class SweepCandidates {

    private static final Logger LOG = Logger.getLogger(SweepCandidates.class);

    private final DruidClusters clusters;
    private final ReportStore store;
    private final RetentionSettings settings;
    private final Clock clock;

    SweepCandidates(DruidClusters clusters, ReportStore store, RetentionSettings settings, Clock clock) {
        this.clusters = clusters;
        this.store = store;
        this.settings = settings;
        this.clock = clock;
    }

    /** Returns every datasource of every cluster, without those that were swept just now. */
    List<SweepCandidate> all() {
        List<SweepCandidate> candidates = new ArrayList<>();
        for (String name : clusters.names()) {
            candidates.addAll(candidates(clusters.find(name).orElseThrow()));
        }
        return candidates;
    }

    List<SweepCandidate> ordered(DefinitionSnapshot definitions, List<SweepCandidate> candidates) {
        return candidates.stream().sorted(order(definitions, candidates)).toList();
    }

    /** Datasources that have waited longest first; one datasource's clusters after each other, as its definition names them. */
    private static Comparator<SweepCandidate> order(DefinitionSnapshot definitions, List<SweepCandidate> candidates) {
        Map<String, Instant> waiting = new HashMap<>();
        for (SweepCandidate candidate : candidates) {
            Instant last = Optional.ofNullable(candidate.state().lastSweptAt()).orElse(Instant.EPOCH);
            waiting.merge(candidate.datasource(), last, (left, right) -> left.isBefore(right) ? left : right);
        }
        return Comparator.comparing((SweepCandidate candidate) -> waiting.get(candidate.datasource()))
                .thenComparing(SweepCandidate::datasource)
                .thenComparing(candidate ->
                        ClusterRollout.place(definitions, candidate.cluster().name(), candidate.datasource()));
    }

    /** A cluster that cannot be reached does not keep the others from their turn. */
    private List<SweepCandidate> candidates(DruidCluster cluster) {
        try {
            Instant latest = clock.instant().minus(settings.pause());
            return cluster.segmentCatalog().datasources().stream()
                    .map(name -> new SweepCandidate(cluster, name, store.state(cluster.name(), name)))
                    .filter(candidate -> candidate.state().lastSweptAt() == null
                            || !candidate.state().lastSweptAt().isAfter(latest))
                    .toList();
        } catch (DruidException exception) {
            LOG.errorf("Cluster is not swept: %s", exception.getMessage());
            return List.of();
        }
    }
}
