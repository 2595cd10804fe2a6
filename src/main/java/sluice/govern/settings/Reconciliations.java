package sluice.govern.settings;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import sluice.core.definition.Definition;
import sluice.core.plan.SettingChange;
import sluice.govern.registry.Activation;
import sluice.govern.registry.ActivationListener;
import sluice.govern.registry.Active;
import sluice.govern.settings.Reconciliation.Phase;
import sluice.govern.settings.ReconciliationStore.Stored;
import sluice.platform.druid.DruidCluster;
import sluice.platform.state.Write;

/**
 * Starts reconciliations of clusters with the definition in force, and tells how they stand. One is stored in the transaction
 * that activates a version; the caller tries it at once, and ticks take it to its end.
 */
@ApplicationScoped
public class Reconciliations implements ActivationListener {

    private static final Logger LOG = Logger.getLogger(Reconciliations.class);

    private final ReconciliationStore store;
    private final ReconciliationSteps steps;
    private final SettingsReconciler aligner;
    private final ReconciliationSchedule schedule;
    private final ReconciliationSettings settings;
    private final ExecutorService callers = Executors.newCachedThreadPool();

    Reconciliations(
            ReconciliationStore store,
            ReconciliationSteps steps,
            SettingsReconciler aligner,
            ReconciliationSchedule schedule,
            ReconciliationSettings settings) {
        this.store = store;
        this.steps = steps;
        this.aligner = aligner;
        this.schedule = schedule;
        this.settings = settings;
    }

    @Override
    public List<Write> writes(Active next, Activation activation) {
        Reconciliation alignment =
                begun(next.datasource(), activation.number(), next.version(), next.hash(), activation.author());
        // A tick leaves it to the caller for a moment, who tries at once.
        return List.of(store.begun(alignment, schedule.soon()));
    }

    public Optional<Reconciliation> find(String datasource) {
        return store.find(datasource).map(Stored::alignment);
    }

    /** Does it again for the version that is active, because somebody applied it again: what has drifted is set right. */
    public void again(Active active, String author) {
        store.begin(
                begun(active.datasource(), active.activation(), active.version(), active.hash(), author),
                schedule.soon());
    }

    /** For a definition that lies in a file and has changed. */
    void ofFile(Definition definition) {
        store.begin(begun(definition.datasource(), 0, null, definition.hash(), null), schedule.now());
    }

    /**
     * Takes the next step at once, as far as it goes within the time that a caller can wait, and says how it is then. What
     * is left is done by ticks; a step that is still on its way does no harm beside them.
     */
    public Optional<Reconciliation> attempt(String datasource) {
        CompletableFuture<Void> step =
                CompletableFuture.runAsync(() -> store.find(datasource).ifPresent(steps::next), callers);
        try {
            step.get(settings.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException exception) {
            LOG.warnf("Settings of %s are left to the next tick: %s", datasource, exception);
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
        }
        return find(datasource);
    }

    void stop(@Observes ShutdownEvent event) {
        callers.shutdownNow();
    }

    /** What applying the definition would change on a cluster. */
    public List<SettingChange> plan(DruidCluster cluster, Definition definition) {
        ManagedSettings applied = store.find(definition.datasource())
                .map(stored -> stored.applied(cluster.name()))
                .orElse(ManagedSettings.NOTHING);
        return aligner.isNothing(definition, cluster.name(), applied)
                ? List.of()
                : aligner.plan(cluster, definition, applied);
    }

    private Reconciliation begun(String datasource, int number, Integer version, String hash, String author) {
        return new Reconciliation(
                datasource, number, version, hash, author, schedule.now(), Phase.ALIGNING, List.of(), 0, null);
    }
}
