package sluice.retention;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import sluice.registry.Definitions;
import sluice.run.RunIndex;

/** What a sweep is allowed, by the environment and by who ordered it. */
@ApplicationScoped
class Permits {

    private static final int RUNS_LOOKED_AT = 50;

    private final Limits limits;
    private final RunIndex runs;

    Permits(Limits limits, RunIndex runs) {
        this.limits = limits;
        this.runs = runs;
    }

    /** The policy for a datasource of a cluster: its definition's, where one has it there. */
    Policy policy(Definitions definitions, String cluster, String datasource) {
        return definitions
                .find(datasource)
                .filter(definition -> definition.clusters().contains(cluster))
                .map(Policy::of)
                .orElseGet(() -> Policy.orphan(new Span(limits.orphanPurgeAfter())));
    }

    Permit ordered(SweepOrder order, Policy policy) {
        return new Permit(
                order.mostShare() == null ? limits.mostShare() : order.mostShare(),
                policy.orphan() && !order.orphan()
                        ? "no definition has it in this cluster, and the order does not say orphan"
                        : null,
                order.notLoaded());
    }

    Permit scheduled(
            Definitions definitions, Policy policy, SweepState state, String cluster, String datasource, Instant now) {
        return new Permit(
                limits.mostShare(),
                policy.orphan() ? orphan(definitions, state, cluster, datasource, now) : null,
                false);
    }

    private String orphan(Definitions definitions, SweepState state, String cluster, String datasource, Instant now) {
        if (limits.orphans() == Limits.Orphans.REPORT) {
            return "no definition has it in this cluster, and SLUICE_RETENTION_ORPHANS is report: write a definition, or"
                    + " order a sweep with orphan";
        }
        if (!definitions.invalid().isEmpty()) {
            return "no readable definition has it, and "
                    + definitions.invalid().get(0).summary();
        }
        if (limits.orphans() == Limits.Orphans.LOADED && !isLoaded(cluster, datasource)) {
            return "no definition has it in this cluster, and Sluice has never loaded it there";
        }
        Instant since = state.orphanSince() == null ? now : state.orphanSince();
        return since.plus(limits.orphanAfter()).isAfter(now)
                ? "no definition has had it since " + since + "; it goes after " + limits.orphanAfter()
                : null;
    }

    private boolean isLoaded(String cluster, String datasource) {
        return runs.page(new RunIndex.Filter(datasource, null, null), RUNS_LOOKED_AT, null).runs().stream()
                .anyMatch(run -> run.cluster().equals(cluster));
    }
}
