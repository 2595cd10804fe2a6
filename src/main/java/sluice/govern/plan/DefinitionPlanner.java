package sluice.govern.plan;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.core.batch.Batch;
import sluice.core.batch.Feed;
import sluice.core.batch.S3Location;
import sluice.core.contract.Contract;
import sluice.core.contract.Finding;
import sluice.core.definition.Definition;
import sluice.core.definition.reader.ReadResult;
import sluice.core.json.Change;
import sluice.core.json.JsonDifference;
import sluice.core.json.Secrets;
import sluice.core.plan.DefinitionPlan;
import sluice.core.plan.DefinitionPlan.Changes;
import sluice.core.plan.DefinitionPlan.ClusterPlan;
import sluice.core.spec.Generation;
import sluice.core.spec.SettingsPreview;
import sluice.core.spec.SpecDefaults;
import sluice.core.spec.SpecGenerator;
import sluice.core.spec.SpecHints;
import sluice.core.spec.SpecPreview;
import sluice.govern.drift.CompatibilityCheck;
import sluice.govern.registry.Active;
import sluice.govern.registry.DefinitionCatalog;
import sluice.govern.registry.Registry;
import sluice.govern.settings.Reconciliations;
import sluice.ingest.intake.LoadRequestException;
import sluice.ingest.intake.RequestedBatch;
import sluice.ingest.tracking.LoadHistory;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidClusters;
import sluice.platform.druid.DruidException;

/** Says what applying a definition would change; nothing is written, and Druid is only asked. */
@ApplicationScoped
public class DefinitionPlanner {

    private final DefinitionCatalog catalog;
    private final Registry registry;
    private final DruidClusters clusters;
    private final RequestedBatch batches;
    private final LoadHistory history;
    private final ClusterView view;
    private final DriftView drift;
    private final PlanAdvisor advisor;
    private final Reconciliations alignments;
    private final SpecDefaults defaults;

    DefinitionPlanner(
            DefinitionCatalog catalog,
            Registry registry,
            DruidClusters clusters,
            RequestedBatch batches,
            LoadHistory history,
            ClusterView view,
            DriftView drift,
            PlanAdvisor advisor,
            Reconciliations alignments) {
        this.catalog = catalog;
        this.registry = registry;
        this.clusters = clusters;
        this.batches = batches;
        this.history = history;
        this.view = view;
        this.drift = drift;
        this.advisor = advisor;
        this.alignments = alignments;
        this.defaults = SpecDefaults.fromEnvironment(System.getenv());
    }

    /**
     * Plans one definition.
     *
     * @param text the document
     * @param sample objects to try it on; empty for none
     */
    public DefinitionPlan plan(String text, List<S3Location> sample) {
        ReadResult result = catalog.read(text);
        List<Finding> findings = new ArrayList<>(result.findings());
        if (!(result instanceof ReadResult.Valid valid)) {
            return new DefinitionPlan(null, Changes.REFUSED, null, findings, List.of(), List.of());
        }
        Definition definition = valid.definition();
        Optional<Definition> before = catalog.fresh().find(definition.datasource());
        List<ClusterPlan> plans = new ArrayList<>();
        for (String name : definition.clusters()) {
            Optional<DruidCluster> cluster = clusters.find(name);
            if (cluster.isEmpty()) {
                findings.add(unknownCluster(definition, name));
                continue;
            }
            findings.addAll(sizes(definition, cluster.get()));
            Contract contract = Contract.forDruid(cluster.get().contractVersion());
            findings.addAll(SettingsPreview.findings(definition, contract, defaults));
            ClusterPlan plan = definition.batch() == null
                    ? ClusterPlan.of(name, null)
                    : plan(definition, before, cluster.get(), sample, findings);
            plans.add(withSettings(plan, cluster.get(), definition));
        }
        before.map(other -> CompatibilityCheck.of(other, definition)).ifPresent(findings::addAll);
        List<Finding> distinct = findings.stream().distinct().toList();
        Changes changes = Finding.anyError(distinct)
                ? Changes.REFUSED
                : before.filter(other -> other.hash().equals(definition.hash())).isPresent()
                                && plans.stream().noneMatch(ClusterPlan::changesSettings)
                        ? Changes.NONE
                        : Changes.PRESENT;
        return new DefinitionPlan(
                definition.datasource(),
                changes,
                registry.active(definition.datasource()).map(Active::version).orElse(null),
                distinct,
                Secrets.hidden(JsonDifference.between(
                        before.map(Definition::document).orElse(JsonNodeFactory.instance.objectNode()),
                        definition.document())),
                plans);
    }

    /** Advice is left out where the cluster cannot be asked. */
    private List<Finding> sizes(Definition definition, DruidCluster cluster) {
        try {
            return advisor.advice(definition, cluster);
        } catch (DruidException exception) {
            return List.of();
        }
    }

    private ClusterPlan withSettings(ClusterPlan plan, DruidCluster cluster, Definition definition) {
        try {
            return plan.withSettings(alignments.plan(cluster, definition));
        } catch (DruidException exception) {
            return plan.withProblem(exception.getMessage());
        }
    }

    private ClusterPlan plan(
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
                    exception.getMessage(),
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
        findings.addAll(
                SpecPreview.located(Contract.forDruid(cluster.contractVersion()).check(spec), definition));
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
                    cluster.name(), spec, specChanges, null, columns, List.of(), null, exception.getMessage());
        }
    }

    private Finding unknownCluster(Definition definition, String name) {
        return Finding.error(
                "SLU-0901",
                "/clusters/" + definition.clusters().indexOf(name),
                "The environment has no cluster '" + name + "'",
                "one of " + clusters.names(),
                null);
    }
}
