package sluice.govern.settings;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import sluice.core.definition.Definition;
import sluice.govern.settings.Reconciliation.OnCluster;
import sluice.govern.settings.ReconciliationStore.Stored;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidClusters;
import sluice.platform.druid.DruidException;

/** Reconciles every cluster of a datasource with its definition, including clusters that it no longer names. */
@ApplicationScoped
class ClusterReconciliation {

    /** With growing pauses, some minutes. */
    private static final int MOST_UNEXPECTED = 6;

    private final SettingsReconciler reconciler;
    private final DruidClusters clusters;

    ClusterReconciliation(SettingsReconciler reconciler, DruidClusters clusters) {
        this.reconciler = reconciler;
        this.clusters = clusters;
    }

    /**
     * The result of one round.
     *
     * @param results one per cluster, in the order in which they were changed
     * @param managed settings that Sluice manages now, by cluster
     */
    record Round(List<OnCluster> results, Map<String, ManagedSettings> managed) {

        boolean isWaiting() {
            return results.stream().anyMatch(result -> result.waiting() != null);
        }
    }

    /**
     * Returns what Sluice may manage on each cluster during the round: what it manages now and what the definition adds. The
     * caller stores it before the first change, so a crash leaves nothing unknown on a cluster.
     */
    Map<String, ManagedSettings> intended(Stored stored, Definition definition) {
        Map<String, ManagedSettings> intended = new HashMap<>(stored.applied());
        for (String cluster : definition.clusters()) {
            if (!reconciler.isNothing(definition, cluster, stored.applied(cluster))) {
                intended.put(cluster, stored.applied(cluster).and(reconciler.desired(definition, cluster)));
            }
        }
        return intended;
    }

    /** Changes each cluster. A cluster that does not respond is tried again later and does not block the others. */
    Round reconcile(
            Reconciliation reconciliation,
            Definition definition,
            Map<String, ManagedSettings> intended,
            RuleTurns turns) {
        List<OnCluster> results = new ArrayList<>();
        Map<String, ManagedSettings> managed = new HashMap<>(intended);
        for (String name : RuleTurns.order(definition, intended.keySet())) {
            OnCluster result = reconcile(
                    name, definition, intended.getOrDefault(name, ManagedSettings.NOTHING), reconciliation, turns);
            results.add(result);
            turns.done(result);
            if (result.waiting() == null && result.problems().isEmpty()) {
                ManagedSettings now =
                        ManagedSettings.all(reconciler.desired(definition, name), reconciliation.version());
                managed.put(name, now);
                if (now.isNothing()) {
                    managed.remove(name);
                }
            }
        }
        return new Round(results, managed);
    }

    private OnCluster reconcile(
            String name,
            Definition definition,
            ManagedSettings managed,
            Reconciliation reconciliation,
            RuleTurns turns) {
        Optional<DruidCluster> cluster = clusters.find(name);
        if (cluster.isEmpty()) {
            return new OnCluster(
                    name, null, List.of(), List.of(), List.of("the environment has no cluster " + name), null);
        }
        try {
            return reconciler.reconcile(cluster.get(), definition, managed, reconciliation, turns);
        } catch (DruidException exception) {
            String message = Objects.requireNonNull(exception.getMessage());
            return mayPass(exception, reconciliation)
                    ? OnCluster.waiting(name, message)
                    : new OnCluster(name, null, List.of(), List.of(), List.of(message), null);
        }
    }

    /**
     * Druid also refuses with HTTP 500 and an HTML page, for example another source of a stream (34 and later, apache/druid
     * #17955). A passing fault may look the same, so it counts as a refusal only if it stays.
     */
    private static boolean mayPass(DruidException exception, Reconciliation reconciliation) {
        return exception.isTransient()
                && (exception.code() != DruidException.Code.UNEXPECTED || reconciliation.tries() < MOST_UNEXPECTED);
    }
}
