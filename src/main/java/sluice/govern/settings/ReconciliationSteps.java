package sluice.govern.settings;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.core.definition.Definition;
import sluice.govern.settings.ClusterReconciliation.Round;
import sluice.govern.settings.Reconciliation.OnCluster;
import sluice.govern.settings.Reconciliation.Phase;
import sluice.govern.settings.Reconciliation.Watched;
import sluice.govern.settings.ReconciliationStore.Stored;
import sluice.platform.druid.DruidException;
import sluice.platform.event.CloudEvent;
import sluice.platform.event.EventType;
import sluice.platform.log.Log;
import sluice.platform.state.DueItemHandler;
import sluice.platform.state.Item;

/**
 * Takes reconciliations from step to step: it changes the clusters, waits for supervisors to start, then looks for drift.
 * Every step first compares with the live cluster, so it is idempotent.
 */
@ApplicationScoped
@Priority(20)
class ReconciliationSteps implements DueItemHandler {

    private static final Log LOG = Log.of(ReconciliationSteps.class);

    private final ReconciliationStore store;
    private final DefinitionsInForce definitions;
    private final ClusterReconciliation clusters;
    private final SupervisorWatch watch;
    private final SettingsDrift drift;
    private final SettingsEvents events;
    private final ReconciliationSchedule schedule;

    ReconciliationSteps(
            ReconciliationStore store,
            DefinitionsInForce definitions,
            ClusterReconciliation clusters,
            SupervisorWatch watch,
            SettingsDrift drift,
            SettingsEvents events,
            ReconciliationSchedule schedule) {
        this.store = store;
        this.definitions = definitions;
        this.clusters = clusters;
        this.watch = watch;
        this.drift = drift;
        this.events = events;
        this.schedule = schedule;
    }

    /** Takes the next step of every reconciliation among the items of the due index. */
    @Override
    public void handle(List<Item> due, Instant deadline) {
        for (Stored stored : store.storedOf(due)) {
            if (schedule.now().isBefore(deadline)) {
                next(stored);
            }
        }
    }

    /** Takes the next step. If it fails, the reconciliation is due again later. */
    void next(Stored stored) {
        String datasource = stored.reconciliation().datasource();
        try {
            step(stored);
        } catch (DruidException exception) {
            LOG.warn("Reconciliation goes on later", "datasource", datasource, "reason", exception.getMessage());
            setBack(stored);
        } catch (RuntimeException exception) {
            LOG.error(exception, "Reconciliation failed and is tried again", "datasource", datasource);
            setBack(stored);
        }
    }

    private void setBack(Stored stored) {
        Reconciliation reconciliation = stored.reconciliation();
        store.save(
                stored.with(reconciliation.setBack(reconciliation.clusters())),
                schedule.retry(reconciliation),
                List.of());
    }

    private void step(Stored stored) {
        Reconciliation reconciliation = stored.reconciliation();
        if (!definitions.isCurrent(reconciliation)) {
            return;
        }
        Optional<Definition> definition = definitions.definition(reconciliation);
        if (definition.isEmpty()) {
            LOG.warn("Reconciliation waits for a readable definition", "datasource", reconciliation.datasource());
            setBack(stored);
            return;
        }
        switch (reconciliation.phase()) {
            case ALIGNING -> reconcile(stored, definition.get());
            case STARTING -> start(stored);
            case ALIGNED, MISALIGNED, DRIFTED -> check(stored, definition.get());
        }
    }

    private void reconcile(Stored read, Definition definition) {
        Reconciliation reconciliation = read.reconciliation();
        Map<String, ManagedSettings> intended = clusters.intended(read, definition);
        Optional<Stored> saved = intended.equals(read.applied())
                ? Optional.of(read)
                : store.save(read.with(reconciliation, intended), schedule.retry(reconciliation), List.of());
        if (saved.isEmpty()) {
            return;
        }
        RuleTurns turns = new RuleTurns(
                saved.get(),
                schedule.dropPause(),
                schedule.now(),
                next -> store.save(next, schedule.retry(reconciliation), List.of()));
        Round round = clusters.reconcile(reconciliation, definition, intended, turns);
        Stored now = turns.stored();
        if (!round.isWaiting()) {
            start(now.with(reconciliation.phase(Phase.STARTING, round.results(), null), round.managed()));
            return;
        }
        Instant turn = turns.next();
        Reconciliation waiting = turn == null
                ? reconciliation.setBack(round.results())
                : reconciliation.phase(Phase.ALIGNING, round.results(), null);
        store.save(now.with(waiting, round.managed()), turn == null ? schedule.retry(waiting) : turn, List.of());
    }

    /**
     * Looks at posted supervisors until each runs or has failed, and at the tasks of terminated ones until they have ended.
     */
    private void start(Stored stored) {
        Instant now = schedule.now();
        Reconciliation reconciliation = stored.reconciliation();
        List<OnCluster> looked =
                watch.look(reconciliation.datasource(), reconciliation.clusters(), reconciliation.startedAt(), now);
        boolean isUnfinished = looked.stream()
                .flatMap(cluster -> cluster.supervisors().stream())
                .anyMatch(supervisor ->
                        supervisor.state() == Watched.State.STARTING || supervisor.state() == Watched.State.ENDING);
        Stored next = stored.with(reconciliation.phase(Phase.STARTING, looked, null));
        if (isUnfinished) {
            store.save(next, schedule.soon(), List.of());
        } else {
            end(next, now);
        }
    }

    private void end(Stored stored, Instant now) {
        Reconciliation reconciliation = stored.reconciliation();
        boolean wrong = reconciliation.clusters().stream().anyMatch(OnCluster::isWrong);
        Phase phase = wrong ? Phase.MISALIGNED : Phase.ALIGNED;
        Reconciliation ended = reconciliation.phase(phase, reconciliation.clusters(), now);
        boolean silent = ended.clusters().isEmpty();
        List<CloudEvent> about = silent
                ? List.of()
                : List.of(events.ended(
                        wrong ? EventType.DEFINITION_MISALIGNED : EventType.DEFINITION_ALIGNED, ended, now));
        LOG.info("Reconciliation has ended", "datasource", ended.datasource(), "state", phase);
        store.save(stored.with(ended), silent ? null : schedule.nextCheck(now), about);
    }

    private void check(Stored stored, Definition definition) {
        Instant now = schedule.now();
        SettingsDrift.Found found = drift.look(stored, definition, now);
        if (found.mayBeWell()) {
            end(stored.with(found.reconciliation()), now);
        } else {
            store.save(stored.with(found.reconciliation().unchanged()), schedule.nextCheck(now), found.events());
        }
    }
}
