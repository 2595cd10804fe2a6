package sluice.upkeep.retention;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sluice.core.batch.DefinitionSnapshot;
import sluice.govern.registry.DefinitionCatalog;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidClusters;

/** Sweeps that people request, and plans of sweeps. */
@ApplicationScoped
public class Sweeps {

    private final DruidClusters clusters;
    private final DefinitionCatalog catalog;
    private final SweepAuthorization authorization;
    private final Sweep sweep;
    private final ReportStore store;
    private final Clock clock;

    Sweeps(
            DruidClusters clusters,
            DefinitionCatalog catalog,
            SweepAuthorization authorization,
            Sweep sweep,
            ReportStore store,
            Clock clock) {
        this.clusters = clusters;
        this.catalog = catalog;
        this.authorization = authorization;
        this.sweep = sweep;
        this.store = store;
        this.clock = clock;
    }

    /**
     * What scheduled sweeps would do.
     *
     * @param reports one report for each datasource that was checked
     * @param left datasources, as {@code <cluster>/<datasource>}, for which there was no time
     */
    public record Plan(List<SweepReport> reports, List<String> left) {
        public Plan {
            reports = List.copyOf(reports);
            left = List.copyOf(left);
        }
    }

    /**
     * Sweeps one datasource at once. Returns the report; empty if another sweep of the datasource has begun meanwhile.
     *
     * @throws SweepException if the cluster or the datasource is unknown, or the request contradicts the definition or
     *     exceeds what the environment allows
     */
    public Optional<SweepReport> request(String clusterName, String datasource, SweepRequest request) {
        authorization.refusal(request).ifPresent(reason -> {
            throw new SweepException(SweepException.Code.FORBIDDEN, reason);
        });
        DruidCluster cluster = cluster(clusterName);
        SweepTarget target = authorization.target(catalog.fresh(), cluster, datasource);
        if (request.orphan() && !target.policy().orphan()) {
            throw new SweepException(
                    SweepException.Code.CONTRADICTION,
                    datasource + " has a definition, but the request sets orphan: remove the definition first");
        }
        if (!cluster.segmentCatalog().datasources().contains(datasource)) {
            throw unknown(datasource, cluster.name());
        }
        SweepState state = store.state(cluster.name(), datasource);
        return sweep.run(
                target,
                authorization.requested(request, target.policy()),
                state,
                () -> authorization.changed(catalog.current(), target),
                request);
    }

    /**
     * Returns what scheduled sweeps would do now. Writes nothing and only reads from Druid.
     *
     * @param clusterName null for all clusters
     * @param datasource null for all datasources
     * @param deadline after it, no further datasource is checked
     * @throws SweepException if the cluster or the datasource is unknown
     */
    public Plan plan(@Nullable String clusterName, @Nullable String datasource, Instant deadline) {
        DefinitionSnapshot definitions = catalog.fresh();
        Set<String> names = clusterName == null ? clusters.names() : Set.of(clusterName);
        List<DruidCluster> wanted = names.stream().sorted().map(this::cluster).toList();
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
        SweepTarget target = authorization.target(definitions, cluster, datasource);
        SweepState state = store.state(cluster.name(), datasource);
        return sweep.dryRun(target, authorization.scheduled(definitions, target, state, clock.instant()), state);
    }

    private DruidCluster cluster(String name) {
        return clusters.find(name)
                .orElseThrow(() -> new SweepException(
                        SweepException.Code.UNKNOWN,
                        "The environment has no cluster '" + name + "', only " + clusters.names()));
    }

    private static SweepException unknown(String datasource, String clusters) {
        return new SweepException(
                SweepException.Code.UNKNOWN, "Druid has no segments of '" + datasource + "' in cluster " + clusters);
    }
}
