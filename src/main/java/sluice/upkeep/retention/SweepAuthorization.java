package sluice.upkeep.retention;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.core.batch.DefinitionSnapshot;
import sluice.core.definition.Definition;
import sluice.core.definition.Span;
import sluice.ingest.run.RunIndex;
import sluice.platform.druid.DruidCluster;

/** Decides what a sweep is allowed to do, by the settings and by the request. */
@ApplicationScoped
class SweepAuthorization {

    /** Number of the newest runs that tell whether Sluice has loaded a datasource. */
    private static final int CHECKED_RUNS = 50;

    private final RetentionSettings settings;
    private final RunIndex runs;
    private final VanishedDefinitions vanished;

    SweepAuthorization(RetentionSettings settings, RunIndex runs, VanishedDefinitions vanished) {
        this.settings = settings;
        this.runs = runs;
        this.vanished = vanished;
    }

    /** Returns the datasource with its definition's policy, or with the policy for orphans. */
    SweepTarget target(DefinitionSnapshot definitions, DruidCluster cluster, String datasource) {
        Optional<Definition> definition =
                definitions.find(datasource).filter(found -> found.clusters().contains(cluster.name()));
        RetentionPolicy policy = definition
                .map(RetentionPolicy::of)
                .orElseGet(() -> RetentionPolicy.orphan(new Span(settings.orphanPurgeAfter())));
        return new SweepTarget(cluster, datasource, definition, policy);
    }

    /** Returns that the policy is another one now, for people; empty if it is still the target's. */
    Optional<String> changed(DefinitionSnapshot now, SweepTarget target) {
        return target(now, target.cluster(), target.datasource()).policy().equals(target.policy())
                ? Optional.empty()
                : Optional.of(
                        "the definition changed while the sweep looked at the segments; the next sweep decides anew");
    }

    /** Returns which setting of the environment forbids what a person requests; empty if none does. */
    Optional<String> refusal(SweepRequest request) {
        if (request.mostShare() != null && request.mostShare() > settings.requestMaxShare()) {
            return Optional.of("mostShare is " + request.mostShare() + ", and SLUICE_RETENTION_REQUEST_MAX_SHARE is "
                    + settings.requestMaxShare());
        }
        return request.orphan() && !settings.requestOrphans()
                ? Optional.of("the request sets orphan, and SLUICE_RETENTION_REQUEST_ORPHANS is false")
                : Optional.empty();
    }

    SweepPermissions requested(SweepRequest request, RetentionPolicy policy) {
        return new SweepPermissions(
                request.mostShare() == null ? settings.maxShare() : request.mostShare(),
                policy.orphan() && !request.orphan()
                        ? "no definition names it and this cluster, and the request does not set orphan"
                        : null,
                request.notLoaded(),
                request.wanted());
    }

    SweepPermissions scheduled(DefinitionSnapshot definitions, SweepTarget target, SweepState state, Instant now) {
        return new SweepPermissions(
                settings.maxShare(),
                target.policy().orphan() ? orphanRefusal(definitions, target, state, now) : null,
                false,
                false);
    }

    private @Nullable String orphanRefusal(
            DefinitionSnapshot definitions, SweepTarget target, SweepState state, Instant now) {
        if (settings.orphans() == RetentionSettings.Orphans.REPORT) {
            return "no definition names it and this cluster, and SLUICE_RETENTION_ORPHANS is report: write a definition,"
                    + " or request a sweep with orphan";
        }
        if (!definitions.invalid().isEmpty()) {
            return "no readable definition names it, but a definition is not readable: "
                    + definitions.invalid().get(0).summary();
        }
        if (settings.orphans() == RetentionSettings.Orphans.LOADED && !isLoaded(target)) {
            return "no definition names it and this cluster, and Sluice has never loaded it there";
        }
        Instant since = state.orphanSince() == null ? now : state.orphanSince();
        return since.plus(settings.orphanAfter()).isAfter(now)
                ? "it has had no definition since " + since + "; sweeps delete it after " + settings.orphanAfter()
                : vanished.refusal(definitions, target, since).orElse(null);
    }

    private boolean isLoaded(SweepTarget target) {
        return runs.page(new RunIndex.Filter(target.datasource(), null, null), CHECKED_RUNS, null).runs().stream()
                .anyMatch(run -> run.cluster().equals(target.cluster().name()));
    }
}
