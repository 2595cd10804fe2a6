package sluice.upkeep.retention;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import sluice.core.batch.DefinitionSnapshot;
import sluice.core.definition.Definition;
import sluice.core.definition.Span;
import sluice.ingest.run.RunIndex;
import sluice.platform.druid.DruidCluster;

/** What a sweep is allowed, by the environment and by who ordered it. */
@ApplicationScoped
class Permits {

    private static final int RUNS_LOOKED_AT = 50;

    private final RetentionSettings settings;
    private final RunIndex runs;

    Permits(RetentionSettings settings, RunIndex runs) {
        this.settings = settings;
        this.runs = runs;
    }

    /** A datasource of a cluster with its definition's policy, where one has it there. */
    Target target(DefinitionSnapshot definitions, DruidCluster cluster, String datasource) {
        Optional<Definition> definition =
                definitions.find(datasource).filter(found -> found.clusters().contains(cluster.name()));
        Policy policy =
                definition.map(Policy::of).orElseGet(() -> Policy.orphan(new Span(settings.orphanPurgeAfter())));
        return new Target(cluster, datasource, definition, policy);
    }

    Permit ordered(SweepOrder order, Policy policy) {
        return new Permit(
                order.mostShare() == null ? settings.maxShare() : order.mostShare(),
                policy.orphan() && !order.orphan()
                        ? "no definition has it in this cluster, and the order does not say orphan"
                        : null,
                order.notLoaded());
    }

    Permit scheduled(DefinitionSnapshot definitions, Target target, SweepState state, Instant now) {
        return new Permit(
                settings.maxShare(), target.policy().orphan() ? orphan(definitions, target, state, now) : null, false);
    }

    private String orphan(DefinitionSnapshot definitions, Target target, SweepState state, Instant now) {
        if (settings.orphans() == RetentionSettings.Orphans.REPORT) {
            return "no definition has it in this cluster, and SLUICE_RETENTION_ORPHANS is report: write a definition, or"
                    + " order a sweep with orphan";
        }
        if (!definitions.invalid().isEmpty()) {
            return "no readable definition has it, and "
                    + definitions.invalid().get(0).summary();
        }
        if (settings.orphans() == RetentionSettings.Orphans.LOADED && !isLoaded(target)) {
            return "no definition has it in this cluster, and Sluice has never loaded it there";
        }
        Instant since = state.orphanSince() == null ? now : state.orphanSince();
        return since.plus(settings.orphanAfter()).isAfter(now)
                ? "no definition has had it since " + since + "; it goes after " + settings.orphanAfter()
                : null;
    }

    private boolean isLoaded(Target target) {
        return runs.page(new RunIndex.Filter(target.datasource(), null, null), RUNS_LOOKED_AT, null).runs().stream()
                .anyMatch(run -> run.cluster().equals(target.cluster().name()));
    }
}
