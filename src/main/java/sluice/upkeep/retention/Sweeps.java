package sluice.upkeep.retention;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import sluice.core.batch.DefinitionSnapshot;
import sluice.govern.registry.DefinitionCatalog;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidClusters;

/** Sweeps by order, and plans of what sweeps by schedule would do. */
@ApplicationScoped
public class Sweeps {

    private final DruidClusters clusters;
    private final DefinitionCatalog catalog;
    private final Permits permits;
    private final Sweep sweep;
    private final ReportStore store;
    private final Clock clock;

    Sweeps(
            DruidClusters clusters,
            DefinitionCatalog catalog,
            Permits permits,
            Sweep sweep,
            ReportStore store,
            Clock clock) {
        this.clusters = clusters;
        this.catalog = catalog;
        this.permits = permits;
        this.sweep = sweep;
        this.store = store;
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
