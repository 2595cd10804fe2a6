package sluice.govern.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import sluice.core.contract.Contract;
import sluice.core.contract.Finding;
import sluice.core.contract.Severity;
import sluice.core.definition.Definition;
import sluice.core.definition.reader.ReadResult;
import sluice.core.plan.Setting;
import sluice.core.plan.SettingChange;
import sluice.core.plan.SettingsOperation;
import sluice.core.spec.GeneratedSupervisor;
import sluice.core.spec.SettingsPreview;
import sluice.core.spec.SpecDefaults;
import sluice.govern.drift.HistoryRewrite;
import sluice.govern.registry.DefinitionCatalog;
import sluice.govern.registry.Registry;
import sluice.govern.settings.Reconciliation.OnCluster;
import sluice.govern.settings.Reconciliation.Watched;
import sluice.ingest.hold.HoldStore;
import sluice.platform.druid.DruidCluster;

/** Compares one cluster with a definition and changes it to match. */
@ApplicationScoped
class SettingsReconciler {

    private final Registry registry;
    private final DefinitionCatalog catalog;
    private final RuleSafeguard rulesGuard;
    private final HoldStore holds;
    private final SupervisorListener listener;
    private final SpecDefaults defaults;

    SettingsReconciler(
            Registry registry,
            DefinitionCatalog catalog,
            RuleSafeguard rulesGuard,
            HoldStore holds,
            SupervisorListener listener) {
        this.registry = registry;
        this.catalog = catalog;
        this.rulesGuard = rulesGuard;
        this.holds = holds;
        this.listener = listener;
        this.defaults = SpecDefaults.fromEnvironment(System.getenv());
    }

    /** Returns the desired settings; none if the definition does not name the cluster. */
    DesiredSettings desired(Definition definition, String cluster) {
        return definition.clusters().contains(cluster)
                ? DesiredSettings.of(definition, defaults)
                        .holding(definition.retention(), holds.find(definition.datasource()))
                : DesiredSettings.NOTHING;
    }

    /** Returns true if neither this definition nor an earlier one wanted settings on the cluster. */
    boolean isNothing(Definition definition, String cluster, ManagedSettings applied) {
        return applied.isNothing() && desired(definition, cluster).isNothing();
    }

    /**
     * Returns the necessary changes.
     *
     * @throws sluice.platform.druid.DruidException if the cluster does not respond
     */
    List<SettingChange> plan(DruidCluster cluster, Definition definition, ManagedSettings applied) {
        DesiredSettings desired = desired(definition, cluster.name());
        ClusterSettings settings = new ClusterSettings(cluster, definition.datasource(), null, null);
        LiveSettings live = settings.read(desired, applied);
        return SettingsPlanner.plan(definition.datasource(), desired, live, applied).stream()
                .map(operation -> told(cluster, operation, desired, live))
                .toList();
    }

    private SettingChange told(
            DruidCluster cluster, SettingsOperation operation, DesiredSettings desired, LiveSettings live) {
        SettingChange change = SettingChange.of(operation);
        RuleSafeguard.Effect effect = effect(cluster, operation);
        Optional<String> refusal = refusal(operation, live, false, effect);
        if (refusal.isPresent()) {
            return change.noted("will not be posted: " + refusal.get());
        }
        if (effect.note() != null) {
            return change.noted(effect.note());
        }
        if (SupervisorForm.isRotation(operation)) {
            return change.noted(
                    "only the value of a secret differs, which was rotated since; apply the definition again to"
                            + " restart the supervisor with it");
        }
        return change.kind().equals("compaction") && desired.compaction() != null && change.note() == null
                ? change.noted("the " + compactor(live) + " compacts on this cluster")
                : change;
    }

    private static String compactor(LiveSettings live) {
        return live.compactsBySupervisors() ? "overlord" : "coordinator";
    }

    /**
     * Changes the cluster to match. What Druid refuses becomes a problem of the result.
     *
     * @throws sluice.platform.druid.DruidException if the cluster does not respond; the call can be repeated
     */
    OnCluster reconcile(
            DruidCluster cluster,
            Definition definition,
            ManagedSettings applied,
            Reconciliation reconciliation,
            RuleTurns turns) {
        DesiredSettings desired = desired(definition, cluster.name());
        List<String> problems =
                definition.clusters().contains(cluster.name()) ? errors(definition, cluster) : new ArrayList<>();
        if (!problems.isEmpty()) {
            return new OnCluster(cluster.name(), null, List.of(), List.of(), problems, null);
        }
        String comment = "sluice: definition "
                + (reconciliation.version() == null
                        ? reconciliation.definitionHash()
                        : "version " + reconciliation.version());
        ClusterSettings settings =
                new ClusterSettings(cluster, definition.datasource(), reconciliation.author(), comment);
        LiveSettings live = settings.read(desired, applied);
        List<SettingChange> done = new ArrayList<>();
        String waiting = null;
        for (SettingsOperation operation : SettingsPlanner.plan(definition.datasource(), desired, live, applied)) {
            RuleSafeguard.Effect effect = effect(cluster, operation);
            boolean drops = effect.note() != null;
            Optional<String> refusal = refusal(operation, live, reconciliation.mayRewrite(), effect)
                    .or(() -> drops ? turns.blocked() : Optional.empty());
            if (drops && refusal.isEmpty()) {
                Optional<String> wait = turns.waitsFor().or(() -> turns.begin(cluster.name()));
                if (wait.isPresent()) {
                    waiting = wait.get();
                    continue;
                }
            }
            if (refusal.isEmpty()
                    && operation.setting().kind() == Setting.Kind.SUPERVISOR
                    && live.supervisors().containsKey(operation.setting().id())) {
                listener.changes(cluster, operation.setting().id(), reconciliation.startedAt());
            }
            Supplier<Optional<ObjectNode>> lastGood =
                    () -> lastGood(definition.datasource(), operation.setting().id(), applied);
            refusal.or(() -> settings.carryOut(operation, lastGood))
                    .ifPresentOrElse(
                            problem -> problems.add(SettingChange.of(operation).summary() + ": " + problem),
                            () -> done.add(SettingChange.of(operation).withoutDocument()));
        }
        return new OnCluster(
                cluster.name(),
                desired.compaction() == null ? null : compactor(live),
                done,
                Stream.concat(watched(desired).stream(), terminated(applied, desired, live, done))
                        .toList(),
                problems,
                waiting);
    }

    /** Returns why the operation must not be carried out; empty if it may. */
    private static Optional<String> refusal(
            SettingsOperation operation, LiveSettings live, boolean mayRewrite, RuleSafeguard.Effect effect) {
        return StreamSource.refusal(operation, live.latest(operation.setting().id()))
                .or(() -> mayRewrite ? Optional.empty() : rewrite(operation, live))
                .or(() -> Optional.ofNullable(effect.refusal()));
    }

    /** A rollback, or somebody else's change, leads to a coarser compaction without the confirmation that an apply asks for. */
    private static Optional<String> rewrite(SettingsOperation operation, LiveSettings live) {
        JsonNode document = operation.document();
        return operation.setting().kind() != Setting.Kind.COMPACTION || document == null || live.compaction() == null
                ? Optional.empty()
                : HistoryRewrite.betweenConfigs(CompactionForm.of(live.compaction()), document)
                        .map(what -> "it would rewrite history for good, because " + what
                                + "; apply the definition with allowRewrite to confirm it");
    }

    /** Returns what an operation takes away. Without rules of its own, a datasource gets the cluster's, which may drop it. */
    private RuleSafeguard.Effect effect(DruidCluster cluster, SettingsOperation operation) {
        JsonNode document = operation.document();
        boolean isChange = document != null || operation instanceof SettingsOperation.Remove;
        if (operation.setting().kind() != Setting.Kind.RULES || !isChange) {
            return new RuleSafeguard.Effect(null, null);
        }
        List<JsonNode> rules = new ArrayList<>();
        if (document != null) {
            document.forEach(rules::add);
        }
        return rulesGuard.effect(cluster, operation.setting().id(), rules);
    }

    static List<Watched> watched(DesiredSettings desired) {
        return desired.supervisors().stream()
                .map(supervisor -> new Watched(supervisor.id(), Watched.State.STARTING, null, null))
                .toList();
    }

    /** Returns supervisors that this step or an interrupted earlier one has terminated. */
    private static Stream<Watched> terminated(
            ManagedSettings applied, DesiredSettings desired, LiveSettings live, List<SettingChange> done) {
        return applied.supervisors().stream()
                .filter(id -> desired.supervisors().stream()
                        .noneMatch(supervisor -> supervisor.id().equals(id)))
                .filter(id -> !live.supervisors().containsKey(id)
                        || done.stream()
                                .anyMatch(change -> change.operation().equals("remove")
                                        && change.kind().equals("supervisor")
                                        && change.id().equals(id)))
                .map(id -> new Watched(id, Watched.State.ENDING, null, null));
    }

    private List<String> errors(Definition definition, DruidCluster cluster) {
        List<String> errors = new ArrayList<>();
        Contract contract = cluster.contract();
        for (Finding finding : SettingsPreview.findings(definition, contract, defaults)) {
            if (finding.severity() == Severity.ERROR) {
                errors.add(finding.code() + " " + finding.pointer() + ": " + finding.message());
            }
        }
        return errors;
    }

    /** Returns the supervisor of the version that was reconciled last. */
    private Optional<ObjectNode> lastGood(String datasource, String id, ManagedSettings applied) {
        return Optional.ofNullable(applied.version())
                .flatMap(number -> registry.version(datasource, number))
                .map(version -> catalog.read(version.text()))
                .filter(ReadResult.Valid.class::isInstance)
                .map(result -> ((ReadResult.Valid) result).definition())
                .flatMap(definition -> supervisors(definition)
                        .filter(supervisor -> supervisor.id().equals(id))
                        .map(supervisor -> supervisor.bound(definition.hash()))
                        .findFirst());
    }

    private Stream<GeneratedSupervisor> supervisors(Definition definition) {
        return DesiredSettings.of(definition, defaults).supervisors().stream();
    }
}
