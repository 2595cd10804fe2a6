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
 * The clusters of a definition, one after the other: data goes from the second only after the first has shown that it is
 * gone there as it should be.
 */
@ApplicationScoped
class ClusterRollout {

    /** Kill runs of as many sweeps back are looked at. */
    private static final int SWEEPS = 5;

    private final SweepReports reports;
    private final RunStore runs;

    ClusterRollout(SweepReports reports, RunStore runs) {
        this.reports = reports;
        this.runs = runs;
    }

    /** The place of the cluster among those of the datasource's definition; of an orphan, the first. */
    static int place(DefinitionSnapshot definitions, String cluster, String datasource) {
        return definitions
                .find(datasource)
                .map(Definition::clusters)
                .map(clusters -> Math.max(0, clusters.indexOf(cluster)))
                .orElse(0);
    }

    /** What a sweep of the datasource in this cluster waits for; empty when its turn has come. */
    Optional<String> waitsFor(
            DefinitionSnapshot definitions, String cluster, String datasource, Policy policy, SweepState state) {
        int place = place(definitions, cluster, datasource);
        if (place == 0) {
            return Optional.empty();
        }
        String before = definitions.find(datasource).orElseThrow().clusters().get(place - 1);
        List<SweepReport> acted = reports.page(before, datasource, SWEEPS, null).reports().stream()
                .filter(report -> report.mode() == Mode.ACT && report.phase() == Phase.DONE)
                .toList();
        boolean isAhead = !acted.isEmpty()
                && policy.isOf(acted.get(0))
                && (state.lastSweptAt() == null || acted.get(0).sweptAt().isAfter(state.lastSweptAt()));
        if (!isAhead) {
            return Optional.of(
                    "cluster " + before + " comes first, and no sweep has acted there since the last one here");
        }
        return acted.stream()
                .flatMap(report -> report.kills().stream())
                .map(SweepReport.Kill::runId)
                .filter(run -> runs.find(run)
                        .filter(found -> !(found.state() instanceof RunState.Available))
                        .isPresent())
                .findFirst()
                .map(run -> "cluster " + before + " comes first, and its kill run " + run + " is not proven yet");
    }
}
