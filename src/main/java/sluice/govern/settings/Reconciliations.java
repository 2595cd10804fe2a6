package sluice.govern.settings;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import sluice.core.definition.Definition;
import sluice.core.plan.SettingChange;
import sluice.govern.registry.Activation;
import sluice.govern.registry.ActivationListener;
import sluice.govern.registry.Active;
import sluice.govern.settings.Reconciliation.Phase;
import sluice.govern.settings.ReconciliationStore.Stored;
import sluice.platform.druid.DruidCluster;
import sluice.platform.log.Log;
import sluice.platform.state.Write;

/**
 * Starts reconciliations of clusters with the active definition and returns their state. The transaction that activates a
 * version stores one. The caller attempts it at once, and ticks take it to its end.
 */
@ApplicationScoped
public class Reconciliations implements ActivationListener {

    private static final Log LOG = Log.of(Reconciliations.class);

    private final ReconciliationStore store;
    private final ReconciliationSteps steps;
    private final SettingsReconciler reconciler;
    private final ReconciliationSchedule schedule;
    private final ReconciliationSettings settings;
    private final ExecutorService callers = Executors.newCachedThreadPool();

    Reconciliations(
            ReconciliationStore store,
            ReconciliationSteps steps,
            SettingsReconciler reconciler,
            ReconciliationSchedule schedule,
            ReconciliationSettings settings) {
        this.store = store;
        this.steps = steps;
        this.reconciler = reconciler;
        this.schedule = schedule;
        this.settings = settings;
    }

    @Override
    public List<Write> writes(Active next, Activation activation) {
        Reconciliation reconciliation = begun(
                next.datasource(),
                activation.number(),
                next.version(),
                next.hash(),
                activation.author(),
                activation.at(),
                false);
        // Not due at once: the caller attempts it first.
        return List.of(store.begun(reconciliation, schedule.soon()));
    }

    public Optional<Reconciliation> find(String datasource) {
        return store.find(datasource).map(Stored::reconciliation);
    }

    /** Reconciles again with the active version, because somebody applied it again. This repairs drift. */
    public void again(Active active, String author) {
        again(active, author, false);
    }

    /**
     * The same.
     *
     * @param allowRewrite whether automatic compaction may rewrite history
     */
    public void again(Active active, String author, boolean allowRewrite) {
        store.begin(
                begun(
                        active.datasource(),
                        active.activation(),
                        active.version(),
                        active.hash(),
                        author,
                        schedule.now(),
                        allowRewrite),
                schedule.soon());
    }

    /** Starts a reconciliation for a new or changed definition in a file. */
    void ofFile(Definition definition) {
        store.begin(
                begun(definition.datasource(), 0, null, definition.hash(), null, schedule.now(), false),
                schedule.now());
    }

    /**
     * Takes the next step at once and returns the state after the time that a caller can wait. Ticks do the rest. A step that
     * still runs does no harm beside them, because its writes are conditional.
     */
    public Optional<Reconciliation> attempt(String datasource) {
        CompletableFuture<Void> step =
                CompletableFuture.runAsync(() -> store.find(datasource).ifPresent(steps::next), callers);
        try {
            step.get(settings.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException exception) {
            LOG.warn("Reconciliation is left to the next tick", "datasource", datasource, "reason", exception);
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
        }
        return find(datasource);
    }

    void stop(@Observes ShutdownEvent event) {
        callers.shutdownNow();
    }

    /** Returns what applying the definition would change on a cluster. */
    public List<SettingChange> plan(DruidCluster cluster, Definition definition) {
        ManagedSettings applied = store.find(definition.datasource())
                .map(stored -> stored.applied(cluster.name()))
                .orElse(ManagedSettings.NOTHING);
        return reconciler.isNothing(definition, cluster.name(), applied)
                ? List.of()
                : reconciler.plan(cluster, definition, applied);
    }

    private Reconciliation begun(
            String datasource,
            int number,
            @Nullable Integer version,
            String hash,
            @Nullable String author,
            Instant startedAt,
            boolean allowRewrite) {
        return new Reconciliation(
                datasource,
                number,
                version,
                hash,
                author,
                startedAt,
                Phase.ALIGNING,
                List.of(),
                0,
                null,
                allowRewrite ? true : null);
    }
}
