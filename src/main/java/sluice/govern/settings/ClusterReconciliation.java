package sluice.govern.settings;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import sluice.core.definition.Definition;
import sluice.govern.settings.Reconciliation.OnCluster;
import sluice.govern.settings.ReconciliationStore.Stored;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidClusters;
import sluice.platform.druid.DruidException;

/** Brings every cluster of a datasource in line with its definition, also those that the definition no longer names. */
@ApplicationScoped
class ClusterReconciliation {

    private final SettingsReconciler reconciler;
    private final DruidClusters clusters;

    ClusterReconciliation(SettingsReconciler reconciler, DruidClusters clusters) {
        this.reconciler = reconciler;
        this.clusters = clusters;
    }

    /**
     * What one round has done.
     *
     * @param results of each cluster, by name
     * @param managed settings that Sluice manages on each cluster from now on
     */
    record Round(List<OnCluster> results, Map<String, ManagedSettings> managed) {

        boolean isWaiting() {
            return results.stream().anyMatch(result -> result.waiting() != null);
        }
    }

    /**
     * Returns what Sluice may manage on each cluster while it works: what it manages now and what the definition adds. It is
     * stored before the first change, so that a crash leaves nothing on a cluster that nobody knows of.
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

    /** Changes each cluster as far as it allows. One that gives no answer waits and does not stop the others. */
    Round reconcile(Reconciliation reconciliation, Definition definition, Map<String, ManagedSettings> intended) {
        List<OnCluster> results = new ArrayList<>();
        Map<String, ManagedSettings> managed = new HashMap<>(intended);
        for (String name : new TreeSet<>(intended.keySet())) {
            OnCluster result = reconcile(name, definition, intended.get(name), reconciliation);
            results.add(result);
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
            String name, Definition definition, ManagedSettings managed, Reconciliation reconciliation) {
        Optional<DruidCluster> cluster = clusters.find(name);
        if (cluster.isEmpty()) {
            return new OnCluster(
                    name, null, List.of(), List.of(), List.of("the environment has no cluster " + name), null);
        }
        try {
            return reconciler.align(cluster.get(), definition, managed, reconciliation);
        } catch (DruidException exception) {
            return OnCluster.waiting(name, exception.getMessage());
        }
    }
}
