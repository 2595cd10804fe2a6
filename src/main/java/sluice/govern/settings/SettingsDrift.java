package sluice.govern.settings;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.core.definition.Definition;
import sluice.core.plan.SettingChange;
import sluice.govern.settings.Reconciliation.OnCluster;
import sluice.govern.settings.Reconciliation.Phase;
import sluice.govern.settings.ReconciliationStore.Stored;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidClusters;
import sluice.platform.event.CloudEvent;
import sluice.platform.event.EventType;

/** Compares clusters with their definition. It never changes a cluster; that is for an apply. */
@ApplicationScoped
class SettingsDrift {

    private final SettingsReconciler reconciler;
    private final SupervisorWatch watch;
    private final SettingsEvents events;
    private final DruidClusters clusters;

    SettingsDrift(SettingsReconciler reconciler, SupervisorWatch watch, SettingsEvents events, DruidClusters clusters) {
        this.reconciler = reconciler;
        this.watch = watch;
        this.events = events;
        this.clusters = clusters;
    }

    /**
     * The result of a comparison.
     *
     * @param events about changes since the previous comparison
     * @param mayBeWell whether a misaligned datasource may be aligned now
     */
    record Found(Reconciliation reconciliation, List<CloudEvent> events, boolean mayBeWell) {}

    /** @throws sluice.platform.druid.DruidException if a cluster does not respond */
    Found look(Stored stored, Definition definition, Instant now) {
        Reconciliation reconciliation = stored.reconciliation();
        boolean wasDrifted = reconciliation.phase() == Phase.DRIFTED;
        List<OnCluster> found = new ArrayList<>();
        List<CloudEvent> about = new ArrayList<>();
        boolean drifted = false;
        for (OnCluster before : reconciliation.clusters()) {
            List<SettingChange> changes = changes(before.cluster(), definition, stored);
            drifted |= !changes.isEmpty();
            boolean isNews = !changes.isEmpty() && !(wasDrifted && changes.equals(before.changes()));
            if (isNews && reconciliation.phase() != Phase.MISALIGNED) {
                about.add(events.drifted(reconciliation, before.cluster(), changes, now));
            }
            found.add(before.with(changes, before.supervisors()));
        }
        if (reconciliation.phase() == Phase.MISALIGNED) {
            return drifted
                    ? new Found(reconciliation, List.of(), false)
                    : supervisorsAgain(reconciliation, definition, now);
        }
        if (drifted) {
            return new Found(reconciliation.phase(Phase.DRIFTED, found, reconciliation.endedAt()), about, false);
        }
        if (wasDrifted) {
            Reconciliation aligned = reconciliation.phase(Phase.ALIGNED, found, now);
            return new Found(aligned, List.of(events.ended(EventType.DEFINITION_ALIGNED, aligned, now)), false);
        }
        return failedSince(reconciliation, definition, now);
    }

    /** Looks at supervisors that ran. One may have failed since, for example on messages that it cannot read. */
    private Found failedSince(Reconciliation reconciliation, Definition definition, Instant now) {
        List<OnCluster> again = watch.lookAgain(
                reconciliation.datasource(), watchedAnew(reconciliation, definition), reconciliation.startedAt(), now);
        if (again.stream().noneMatch(OnCluster::isWrong)) {
            return new Found(reconciliation, List.of(), false);
        }
        Reconciliation misaligned = reconciliation.phase(Phase.MISALIGNED, again, now);
        return new Found(misaligned, List.of(events.ended(EventType.DEFINITION_MISALIGNED, misaligned, now)), false);
    }

    private List<SettingChange> changes(String name, Definition definition, Stored stored) {
        Optional<DruidCluster> cluster = clusters.find(name);
        return cluster.isEmpty()
                ? List.of()
                : reconciler.plan(cluster.get(), definition, stored.applied(name)).stream()
                        .filter(SettingChange::changesCluster)
                        .toList();
    }

    /** The settings match now. Supervisors that did not run may do so, too. */
    private Found supervisorsAgain(Reconciliation reconciliation, Definition definition, Instant now) {
        Reconciliation looked = reconciliation.phase(
                Phase.MISALIGNED,
                watch.look(reconciliation.datasource(), watchedAnew(reconciliation, definition), Instant.EPOCH, now),
                now);
        return new Found(looked, List.of(), looked.clusters().stream().noneMatch(OnCluster::isWrong));
    }

    private List<OnCluster> watchedAnew(Reconciliation reconciliation, Definition definition) {
        return reconciliation.clusters().stream()
                .map(cluster -> new OnCluster(
                        cluster.cluster(),
                        cluster.compaction(),
                        cluster.changes(),
                        SettingsReconciler.watched(reconciler.desired(definition, cluster.cluster())),
                        List.of(),
                        null))
                .toList();
    }
}
