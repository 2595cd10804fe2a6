package sluice.settings;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.definition.Definition;
import sluice.druid.DruidCluster;
import sluice.druid.DruidClusters;
import sluice.event.CloudEvent;
import sluice.event.EventType;
import sluice.settings.Alignment.OnCluster;
import sluice.settings.Alignment.Phase;
import sluice.settings.AlignmentStore.Stored;

/** Whether clusters still have what they should. Nothing is changed, whatever is found: that is for an apply. */
@ApplicationScoped
class SettingsDrift {

    private final Aligner aligner;
    private final SupervisorWatch watch;
    private final SettingsEvents events;
    private final DruidClusters clusters;

    SettingsDrift(Aligner aligner, SupervisorWatch watch, SettingsEvents events, DruidClusters clusters) {
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
    record Found(Alignment alignment, List<CloudEvent> events, boolean mayBeWell) {}

    /** @throws sluice.druid.DruidException when a cluster gives no answer */
    Found look(Stored stored, Definition definition, Instant now) {
        Alignment alignment = stored.alignment();
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
            Alignment aligned = alignment.phase(Phase.ALIGNED, found, now);
            return new Found(aligned, List.of(events.ended(EventType.DEFINITION_ALIGNED, aligned, now)), false);
        }
        return fallenIll(alignment, definition, now);
    }

    /** A supervisor that ran may have failed since, such as one that meets messages it cannot read. */
    private Found fallenIll(Alignment alignment, Definition definition, Instant now) {
        List<OnCluster> again =
                watch.lookAgain(alignment.datasource(), watchedAnew(alignment, definition), alignment.startedAt(), now);
        if (again.stream().noneMatch(OnCluster::isWrong)) {
            return new Found(alignment, List.of(), false);
        }
        Alignment misaligned = alignment.phase(Phase.MISALIGNED, again, now);
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
    private Found supervisorsAgain(Alignment alignment, Definition definition, Instant now) {
        Alignment looked = alignment.phase(
                Phase.MISALIGNED,
                watch.look(alignment.datasource(), watchedAnew(alignment, definition), Instant.EPOCH, now),
                now);
        return new Found(looked, List.of(), looked.clusters().stream().noneMatch(OnCluster::isWrong));
    }

    private List<OnCluster> watchedAnew(Alignment alignment, Definition definition) {
        return alignment.clusters().stream()
                .map(cluster -> new OnCluster(
                        cluster.cluster(),
                        cluster.compaction(),
                        cluster.changes(),
                        Aligner.watched(aligner.desired(definition, cluster.cluster())),
                        List.of(),
                        null))
                .toList();
    }
}
