package sluice.govern.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.core.batch.Batch;
import sluice.core.batch.Feed;
import sluice.core.batch.S3Location;
import sluice.core.contract.Finding;
import sluice.core.definition.Definition;
import sluice.core.json.Change;
import sluice.core.json.JsonDifference;
import sluice.core.plan.DefinitionPlan.ClusterPlan;
import sluice.core.spec.Generation;
import sluice.core.spec.SpecDefaults;
import sluice.core.spec.SpecGenerator;
import sluice.core.spec.SpecHints;
import sluice.core.spec.SpecPreview;
import sluice.govern.settings.Reconciliations;
import sluice.ingest.intake.LoadRequestException;
import sluice.ingest.intake.RequestedBatch;
import sluice.ingest.tracking.LoadHistory;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidException;
import sluice.platform.druid.SampleException;

/** Plans what a definition would change on one cluster: its spec, its columns, its data and its settings. */
@ApplicationScoped
class ClusterPlanner {

    private final RequestedBatch batches;
    private final LoadHistory history;
    private final ClusterView view;
    private final DriftView drift;
    private final Reconciliations reconciliations;
    private final SpecDefaults defaults;

    ClusterPlanner(
            RequestedBatch batches,
            LoadHistory history,
            ClusterView view,
            DriftView drift,
            Reconciliations reconciliations) {
        this.batches = batches;
        this.history = history;
        this.view = view;
        this.drift = drift;
        this.reconciliations = reconciliations;
        this.defaults = SpecDefaults.fromEnvironment(System.getenv());
    }

    /**
     * Plans a definition. If a cluster does not respond, the plan says so; it is not an error.
     *
     * @param before the definition in force
     * @param sample objects to try it on; empty for none
     * @param findings gets what is wrong with the definition or its spec
     */
    ClusterPlan plan(
            Definition definition,
            Optional<Definition> before,
            DruidCluster cluster,
            List<S3Location> sample,
            List<Finding> findings) {
        ClusterPlan plan = definition.batch() == null
                ? ClusterPlan.of(cluster.name(), null)
                : ofBatch(definition, before, cluster, sample, findings);
        return withSettings(plan, cluster, definition);
    }

    private ClusterPlan withSettings(ClusterPlan plan, DruidCluster cluster, Definition definition) {
        try {
            return plan.withSettings(reconciliations.plan(cluster, definition));
        } catch (DruidException exception) {
            return plan.withProblem(exception.getMessage());
        }
    }

    private ClusterPlan ofBatch(
            Definition definition,
            Optional<Definition> before,
            DruidCluster cluster,
            List<S3Location> sample,
            List<Finding> findings) {
        Batch batch;
        try {
            batch = sample.isEmpty() ? SpecPreview.example(definition) : batches.of(definition, cluster.name(), sample);
        } catch (LoadRequestException exception) {
            findings.add(Finding.error(
                    "SLU-0902",
                    "/batch/source",
                    Objects.requireNonNull(exception.getMessage()),
                    "sample objects that the definition reads",
                    null));
            return ClusterPlan.of(cluster.name(), exception.getMessage());
        }
        SpecHints hints = new SpecHints(
                Map.of(),
                history.find(new Feed(cluster.name(), definition.datasource())).orElse(null));
        Generation generation = SpecGenerator.generate(definition, batch, hints, defaults);
        findings.addAll(generation.findings());
        if (!(generation instanceof Generation.Generated generated)) {
            return ClusterPlan.of(cluster.name(), null);
        }
        ObjectNode spec = generated.spec().spec();
        findings.addAll(SpecPreview.located(cluster.contract().check(spec), definition));
        List<Change> specChanges = before.filter(other -> other.batch() != null)
                .map(other -> SpecGenerator.generate(other, batch, hints, defaults))
                .filter(Generation.Generated.class::isInstance)
                .map(other -> JsonDifference.between(
                        ((Generation.Generated) other).spec().spec(), spec))
                .orElse(List.of());
        List<Finding> columns = List.of();
        try {
            columns = drift.of(cluster, definition, batch, spec, !sample.isEmpty());
            return sample.isEmpty()
                    ? new ClusterPlan(cluster.name(), spec, specChanges, null, columns, List.of(), null, null)
                    : new ClusterPlan(
                            cluster.name(),
                            spec,
                            specChanges,
                            null,
                            columns,
                            view.replaced(cluster, definition, batch),
                            view.preview(cluster, batch, spec),
                            null);
        } catch (DruidException exception) {
            return new ClusterPlan(
                    cluster.name(), spec, specChanges, null, columns, List.of(), null, problem(exception));
        }
    }

    /** A plan has Druid's words about a sample in full. Who may not see data gets it without rows. */
    private static @Nullable String problem(DruidException exception) {
        return exception instanceof SampleException refused ? refused.withRows() : exception.getMessage();
    }
}
