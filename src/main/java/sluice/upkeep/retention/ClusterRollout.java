package sluice.upkeep.retention;

import jakarta.enterprise.context.ApplicationScoped;
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
 * has been swept under the same policy and all its kill runs are proven.
 */
@ApplicationScoped
class ClusterRollout {

    /** Number of earlier sweeps whose kill runs are checked. */
    private static final int CHECKED_SWEEPS = 5;

    private final SweepReports reports;
    private final RunStore runs;

    ClusterRollout(SweepReports reports, RunStore runs) {
        this.reports = reports;
        this.runs = runs;
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
            SweepState state) {
        int position = position(definitions, cluster, datasource);
        if (position == 0) {
            return Optional.empty();
        }
        String before = definitions.find(datasource).orElseThrow().clusters().get(position - 1);
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
