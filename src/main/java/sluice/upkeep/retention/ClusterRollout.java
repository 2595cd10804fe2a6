package sluice.upkeep.retention;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import sluice.core.batch.DefinitionSnapshot;
import sluice.core.definition.Definition;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;
import sluice.upkeep.retention.SweepReport.Mode;
import sluice.upkeep.retention.SweepReport.Phase;

/**
 * Sweeps the clusters of a definition one after the other: a sweep deletes from a cluster only after the cluster before it
 * has been swept under the same policy and all its kill runs are proven. Clusters that have no such datasource are passed over.
 */
@ApplicationScoped
class ClusterRollout {

    /** Number of earlier sweeps whose kill runs are checked. */
    private static final int CHECKED_SWEEPS = 5;

    private final SweepReports reports;
    private final RunStore runs;
    private final RetentionSettings settings;
    private final Clock clock;

    ClusterRollout(SweepReports reports, RunStore runs, RetentionSettings settings, Clock clock) {
        this.reports = reports;
        this.runs = runs;
        this.settings = settings;
        this.clock = clock;
    }

    /** Returns the position of the cluster in the datasource's definition; 0 if no definition names it. */
    static int position(DefinitionSnapshot definitions, String cluster, String datasource) {
        return definitions
                .find(datasource)
                .map(Definition::clusters)
                .map(clusters -> Math.max(0, clusters.indexOf(cluster)))
                .orElse(0);
    }

    /** Returns what the sweep of the datasource in this cluster waits for; empty if it is its turn. */
    Optional<String> waitsFor(
            DefinitionSnapshot definitions,
            String cluster,
            String datasource,
            RetentionPolicy policy,
            SweepState state,
            SweepInventory inventory) {
        int position = position(definitions, cluster, datasource);
        List<String> earlier = new ArrayList<>(definitions
                .find(datasource)
                .map(definition -> definition.clusters().subList(0, position))
                .orElse(List.of()));
        Collections.reverse(earlier);
        return earlier.stream()
                .filter(before -> !(inventory.lacks(before, datasource) && isForgotten(before, datasource)))
                .findFirst()
                .flatMap(before -> waitsFor(before, datasource, policy, state));
    }

    /**
     * Returns true if no sweep of the datasource in the cluster left a report lately. One that had the datasource until a
     * moment ago is not passed over: its sweeps may have deleted what they should not.
     */
    private boolean isForgotten(String cluster, String datasource) {
        Instant latest = clock.instant().minus(settings.orphanAfter());
        return reports.page(cluster, datasource, 1, null).reports().stream()
                .noneMatch(report -> report.sweptAt().isAfter(latest));
    }

    private Optional<String> waitsFor(String before, String datasource, RetentionPolicy policy, SweepState state) {
        List<SweepReport> acted = reports.page(before, datasource, CHECKED_SWEEPS, null).reports().stream()
                .filter(report -> report.mode() == Mode.ACT && report.phase() == Phase.DONE)
                .toList();
        boolean isAhead = !acted.isEmpty()
                && policy.isOf(acted.get(0))
                && (state.lastSweptAt() == null || acted.get(0).sweptAt().isAfter(state.lastSweptAt()));
        if (!isAhead) {
            return Optional.of("cluster " + before
                    + " comes first, and no sweep has acted there since the last sweep of this cluster");
        }
        return acted.stream()
                .flatMap(report -> report.kills().stream())
                .map(SweepReport.Kill::runId)
                .filter(this::isUnproven)
                .findFirst()
                .map(run -> "cluster " + before + " comes first, and its kill run " + run + " is not proven yet");
    }

    private boolean isUnproven(String runId) {
        return runs.find(runId)
                .filter(run -> !(run.state() instanceof RunState.Available))
                .isPresent();
    }
}
