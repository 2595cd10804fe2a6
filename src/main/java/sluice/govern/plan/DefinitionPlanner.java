package sluice.govern.plan;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.core.batch.S3Location;
import sluice.core.contract.Contract;
import sluice.core.contract.Finding;
import sluice.core.definition.Definition;
import sluice.core.definition.reader.ReadResult;
import sluice.core.json.JsonDifference;
import sluice.core.json.Secrets;
import sluice.core.plan.DefinitionPlan;
import sluice.core.plan.DefinitionPlan.Changes;
import sluice.core.plan.DefinitionPlan.ClusterPlan;
import sluice.core.spec.SettingsPreview;
import sluice.core.spec.SpecDefaults;
import sluice.govern.drift.CompatibilityCheck;
import sluice.govern.drift.RewriteGuard;
import sluice.govern.registry.Active;
import sluice.govern.registry.DefinitionCatalog;
import sluice.govern.registry.Registry;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidClusters;
import sluice.platform.druid.DruidException;

/** Plans what applying a definition would change. It only reads, from the state table and from Druid. */
@ApplicationScoped
public class DefinitionPlanner {

    private final DefinitionCatalog catalog;
    private final Registry registry;
    private final DruidClusters clusters;
    private final PlanAdvisor advisor;
    private final ClusterPlanner planner;
    private final RewriteGuard rewrites;
    private final SpecDefaults defaults;

    DefinitionPlanner(
            DefinitionCatalog catalog,
            Registry registry,
            DruidClusters clusters,
            PlanAdvisor advisor,
            ClusterPlanner planner,
            RewriteGuard rewrites) {
        this.catalog = catalog;
        this.registry = registry;
        this.clusters = clusters;
        this.advisor = advisor;
        this.planner = planner;
        this.rewrites = rewrites;
        this.defaults = SpecDefaults.fromEnvironment(System.getenv());
    }

    /**
     * Plans one definition.
     *
     * @param text the document
     * @param sample objects to try it on; empty for none
     */
    public DefinitionPlan plan(String text, List<S3Location> sample) {
        return plan(text, sample, false);
    }

    /**
     * The same.
     *
     * @param allowRewrite whether automatic compaction may rewrite history
     */
    public DefinitionPlan plan(String text, List<S3Location> sample, boolean allowRewrite) {
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
            findings.addAll(VersionCheck.of(definition, cluster.get()));
            findings.addAll(ExtensionCheck.of(definition, cluster.get()));
            findings.addAll(sizes(definition, cluster.get()));
            Contract contract = cluster.get().contract();
            findings.addAll(SettingsPreview.findings(definition, contract, defaults));
            plans.add(planner.plan(definition, before, cluster.get(), sample, findings));
        }
        before.map(other -> CompatibilityCheck.of(other, definition)).ifPresent(findings::addAll);
        rewrites.finding(before, definition, allowRewrite).ifPresent(findings::add);
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

    /** Returns advice; none if the cluster does not respond. */
    private List<Finding> sizes(Definition definition, DruidCluster cluster) {
        try {
            return advisor.advice(definition, cluster);
        } catch (DruidException exception) {
            return List.of();
        }
    }

    private Finding unknownCluster(Definition definition, String name) {
        return UnknownCluster.finding(definition.clusters().indexOf(name), name, clusters.names());
    }
}
