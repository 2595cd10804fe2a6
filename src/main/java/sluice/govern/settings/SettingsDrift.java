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

/** Whether clusters still have what they should. Nothing is changed, whatever is found: that is for an apply. */
@ApplicationScoped
class SettingsDrift {

    private final SettingsReconciler aligner;
    private final SupervisorWatch watch;
    private final SettingsEvents events;
    private final DruidClusters clusters;

    SettingsDrift(SettingsReconciler aligner, SupervisorWatch watch, SettingsEvents events, DruidClusters clusters) {
        this.aligner = aligner;
        this.watch = watch;
        this.events = events;
        this.clusters = clusters;
    }

    /**
     * What was found.
     *
     * @param events about what has changed since the look before
     * @param mayBeWell whether what was wrong is no more
     */
    record Found(Reconciliation alignment, List<CloudEvent> events, boolean mayBeWell) {}

    /** @throws sluice.platform.druid.DruidException when a cluster gives no answer */
    Found look(Stored stored, Definition definition, Instant now) {
        Reconciliation alignment = stored.alignment();
        boolean wasDrifted = alignment.phase() == Phase.DRIFTED;
        List<OnCluster> found = new ArrayList<>();
        List<CloudEvent> about = new ArrayList<>();
        boolean drifted = false;
        for (OnCluster before : alignment.clusters()) {
            List<SettingChange> changes = changes(before.cluster(), definition, stored);
            drifted |= !changes.isEmpty();
            boolean isNews = !changes.isEmpty() && !(wasDrifted && changes.equals(before.changes()));
            if (isNews && alignment.phase() != Phase.MISALIGNED) {
                about.add(events.drifted(alignment, before.cluster(), changes, now));
            }
            found.add(before.with(changes, before.supervisors()));
        }
        if (alignment.phase() == Phase.MISALIGNED) {
            return drifted ? new Found(alignment, List.of(), false) : supervisorsAgain(alignment, definition, now);
        }
        if (drifted) {
            return new Found(alignment.phase(Phase.DRIFTED, found, alignment.endedAt()), about, false);
        }
        if (wasDrifted) {
            Reconciliation aligned = alignment.phase(Phase.ALIGNED, found, now);
            return new Found(aligned, List.of(events.ended(EventType.DEFINITION_ALIGNED, aligned, now)), false);
        }
        return fallenIll(alignment, definition, now);
    }

    /** A supervisor that ran may have failed since, such as one that meets messages it cannot read. */
    private Found fallenIll(Reconciliation alignment, Definition definition, Instant now) {
        List<OnCluster> again =
                watch.lookAgain(alignment.datasource(), watchedAnew(alignment, definition), alignment.startedAt(), now);
        if (again.stream().noneMatch(OnCluster::isWrong)) {
            return new Found(alignment, List.of(), false);
        }
        Reconciliation misaligned = alignment.phase(Phase.MISALIGNED, again, now);
        return new Found(misaligned, List.of(events.ended(EventType.DEFINITION_MISALIGNED, misaligned, now)), false);
    }

    private List<SettingChange> changes(String name, Definition definition, Stored stored) {
        Optional<DruidCluster> cluster = clusters.find(name);
        return cluster.isEmpty()
                ? List.of()
                : aligner.plan(cluster.get(), definition, stored.applied(name)).stream()
                        .filter(SettingChange::changesCluster)
                        .toList();
    }

    /** Settings are as wanted by now: perhaps supervisors that did not run do so too. */
    private Found supervisorsAgain(Reconciliation alignment, Definition definition, Instant now) {
        Reconciliation looked = alignment.phase(
                Phase.MISALIGNED,
                watch.look(alignment.datasource(), watchedAnew(alignment, definition), Instant.EPOCH, now),
                now);
        return new Found(looked, List.of(), looked.clusters().stream().noneMatch(OnCluster::isWrong));
    }

    private List<OnCluster> watchedAnew(Reconciliation alignment, Definition definition) {
        return alignment.clusters().stream()
                .map(cluster -> new OnCluster(
                        cluster.cluster(),
                        cluster.compaction(),
                        cluster.changes(),
                        SettingsReconciler.watched(aligner.desired(definition, cluster.cluster())),
                        List.of(),
                        null))
                .toList();
    }
}
