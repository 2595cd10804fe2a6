package sluice.upkeep.retention;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import sluice.core.batch.DefinitionSnapshot;
import sluice.govern.registry.DefinitionCatalog;
import sluice.ingest.run.ParallelExecutor;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidClusters;
import sluice.platform.druid.DruidException;
import sluice.platform.objects.ObjectStoreException;
import sluice.platform.state.StateException;

/**
 * Sweeps by schedule and by order, and plans of them. The first sweep of a datasource by schedule, and the first after
 * its policy has changed, is a dry run: its report tells what the next will do.
 */
@ApplicationScoped
public class Sweeps {

    private static final Logger LOG = Logger.getLogger(Sweeps.class);

    private final DruidClusters clusters;
    private final DefinitionCatalog catalog;
    private final Permits permits;
    private final ClusterRollout turns;
    private final Sweep sweep;
    private final ReportStore store;
    private final ParallelExecutor workers;
    private final RetentionSettings settings;
    private final Clock clock;

    Sweeps(
            DruidClusters clusters,
            DefinitionCatalog catalog,
            Permits permits,
            ClusterRollout turns,
            Sweep sweep,
            ReportStore store,
            ParallelExecutor workers,
            RetentionSettings settings,
            Clock clock) {
        this.clusters = clusters;
        this.catalog = catalog;
        this.permits = permits;
        this.turns = turns;
        this.sweep = sweep;
        this.store = store;
        this.workers = workers;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * What sweeps would do.
     *
     * @param reports one for each datasource that was looked at
     * @param left datasources, as {@code <cluster>/<datasource>}, that there was no time for
     */
    public record Plan(List<SweepReport> reports, List<String> left) {
        public Plan {
            reports = List.copyOf(reports);
            left = List.copyOf(left);
        }
    }

    /** One datasource of one cluster, and how its sweeps stand. */
    private record Candidate(DruidCluster cluster, String datasource, SweepState state) {}

    /** Sweeps every datasource of every cluster, several at a time and those first that have waited longest; returns how many. */
    public int scheduled() {
        Instant begun = clock.instant();
        List<Candidate> candidates = new ArrayList<>();
        for (String name : clusters.names()) {
            candidates.addAll(candidates(clusters.find(name).orElseThrow()));
        }
        if (candidates.isEmpty()) {
            return 0;
        }
        DefinitionSnapshot definitions = catalog.fresh();
        candidates.sort(order(definitions, candidates));
        Map<String, List<Candidate>> byDatasource = candidates.stream()
                .collect(Collectors.groupingBy(Candidate::datasource, LinkedHashMap::new, Collectors.toList()));
        Instant deadline = begun.plus(settings.timeLimit());
        AtomicInteger swept = new AtomicInteger();
        AtomicInteger left = new AtomicInteger();
        workers.each(byDatasource.values(), clustersOfOne -> {
            for (Candidate candidate : clustersOfOne) {
                if (clock.instant().isAfter(deadline)) {
                    left.incrementAndGet();
                } else if (isolated(definitions, candidate)) {
                    swept.incrementAndGet();
                }
            }
        });
        if (left.get() > 0) {
            LOG.warnf("No time for %d sweeps; they are the first of the next", left.get());
        }
        return swept.get();
    }

    /** Datasources that have waited longest first; one datasource's clusters after each other, as its definition names them. */
    private static Comparator<Candidate> order(DefinitionSnapshot definitions, List<Candidate> candidates) {
        Map<String, Instant> waiting = new HashMap<>();
        for (Candidate candidate : candidates) {
            Instant last = Optional.ofNullable(candidate.state().lastSweptAt()).orElse(Instant.EPOCH);
            waiting.merge(candidate.datasource(), last, (left, right) -> left.isBefore(right) ? left : right);
        }
        return Comparator.comparing((Candidate candidate) -> waiting.get(candidate.datasource()))
                .thenComparing(Candidate::datasource)
                .thenComparing(candidate ->
                        ClusterRollout.place(definitions, candidate.cluster().name(), candidate.datasource()));
    }

    /** A cluster that cannot be reached does not keep the others from their turn. */
    private List<Candidate> candidates(DruidCluster cluster) {
        try {
            Instant latest = clock.instant().minus(settings.pause());
            return cluster.segmentCatalog().datasources().stream()
                    .map(name -> new Candidate(cluster, name, store.state(cluster.name(), name)))
                    .filter(candidate -> candidate.state().lastSweptAt() == null
                            || !candidate.state().lastSweptAt().isAfter(latest))
                    .toList();
        } catch (DruidException exception) {
            LOG.errorf("Cluster is not swept: %s", exception.getMessage());
            return List.of();
        }
    }

    private boolean isolated(DefinitionSnapshot definitions, Candidate candidate) {
        try {
            return scheduled(definitions, candidate);
        } catch (DruidException exception) {
            LOG.errorf("Sweep of %s ended early: %s", candidate.datasource(), exception.getMessage());
        } catch (StateException | ObjectStoreException | IllegalStateException | IllegalArgumentException exception) {
            LOG.errorf(exception, "Sweep of %s ended early", candidate.datasource());
        }
        return false;
    }

    private boolean scheduled(DefinitionSnapshot definitions, Candidate candidate) {
        DruidCluster cluster = candidate.cluster();
        String datasource = candidate.datasource();
        SweepState state = candidate.state();
        Target target = permits.target(definitions, cluster, datasource);
        Permit permit = permits.scheduled(definitions, target, state, clock.instant());
        String why = Optional.ofNullable(why(target.policy(), state))
                .or(() -> turns.waitsFor(definitions, cluster.name(), datasource, target.policy(), state))
                .orElse(null);
        return sweep.run(target, permit, state, why, null).isPresent();
    }

    private static String why(Policy policy, SweepState state) {
        if (state.policy() == null) {
            return "the first sweep of the datasource changes nothing";
        }
        return state.policy().equals(policy.text())
                ? null
                : "the first sweep by another policy changes nothing; before it was " + state.policy();
    }

    /**
     * Sweeps one datasource at once.
     *
     * @return the report, or nothing where another sweep of the datasource is under way
     * @throws SweepException when there is no such cluster or datasource, or the order contradicts its definition
     */
    public Optional<SweepReport> ordered(String clusterName, String datasource, SweepOrder order) {
        DruidCluster cluster = cluster(clusterName);
        Target target = permits.target(catalog.fresh(), cluster, datasource);
        if (order.orphan() && !target.policy().orphan()) {
            throw new SweepException(
                    SweepException.Code.CONTRADICTION,
                    datasource + " has a definition, and the order says orphan: take the definition away first");
        }
        requireKnown(cluster, datasource);
        SweepState state = store.state(cluster.name(), datasource);
        return sweep.run(target, permits.ordered(order, target.policy()), state, null, order);
    }

    /**
     * What sweeps by schedule would do now. Nothing is written, and Druid is only asked.
     *
     * @param clusterName null for all
     * @param datasource null for all
     * @param deadline no further datasource is looked at after it
     * @throws SweepException when there is no such cluster or datasource
     */
    public Plan plan(String clusterName, String datasource, Instant deadline) {
        DefinitionSnapshot definitions = catalog.fresh();
        List<DruidCluster> wanted = new ArrayList<>();
        Set<String> names = clusterName == null ? clusters.names() : Set.of(clusterName);
        names.stream().sorted().forEach(name -> wanted.add(cluster(name)));
        List<SweepReport> reports = new ArrayList<>();
        List<String> left = new ArrayList<>();
        for (DruidCluster cluster : wanted) {
            for (String name : cluster.segmentCatalog().datasources()) {
                if (datasource != null && !datasource.equals(name)) {
                    continue;
                }
                if (clock.instant().isAfter(deadline)) {
                    left.add(cluster.name() + "/" + name);
                } else {
                    reports.add(plan(definitions, cluster, name));
                }
            }
        }
        if (datasource != null && reports.isEmpty() && left.isEmpty()) {
            throw unknown(datasource, String.join(", ", names));
        }
        return new Plan(reports, left);
    }

    private SweepReport plan(DefinitionSnapshot definitions, DruidCluster cluster, String datasource) {
        Target target = permits.target(definitions, cluster, datasource);
        SweepState state = store.state(cluster.name(), datasource);
        return sweep.dryRun(target, permits.scheduled(definitions, target, state, clock.instant()));
    }

    private DruidCluster cluster(String name) {
        return clusters.find(name)
                .orElseThrow(() -> new SweepException(
                        SweepException.Code.UNKNOWN,
                        "The environment has no cluster '" + name + "', only " + clusters.names()));
    }

    private static void requireKnown(DruidCluster cluster, String datasource) {
        if (!cluster.segmentCatalog().datasources().contains(datasource)) {
            throw unknown(datasource, cluster.name());
        }
    }

    private static SweepException unknown(String datasource, String clusters) {
        return new SweepException(
                SweepException.Code.UNKNOWN, "Druid has no segments of '" + datasource + "' in cluster " + clusters);
    }
}
