package sluice.govern.settings;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
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
import sluice.govern.registry.DefinitionCatalog;
import sluice.govern.registry.Registry;
import sluice.govern.settings.Reconciliation.OnCluster;
import sluice.govern.settings.Reconciliation.Phase;
import sluice.govern.settings.Reconciliation.Watched;
import sluice.govern.settings.ReconciliationStore.Stored;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidClusters;
import sluice.platform.druid.DruidException;
import sluice.platform.event.CloudEvent;
import sluice.platform.event.EventType;
import sluice.platform.state.Item;
import sluice.platform.state.PollSettings;
import sluice.platform.state.Write;

/**
 * Brings the settings of clusters in line with the definition in force, and looks after them. Noted in the transaction that
 * activates a version; tried at once by the caller, and taken to its end by ticks. Every step compares with the live cluster
 * first, so one that was interrupted is simply taken again.
 */
@ApplicationScoped
public class Reconciliations implements ActivationListener {

    private static final Logger LOG = Logger.getLogger(Reconciliations.class);

    private final ReconciliationStore store;
    private final SettingsReconciler aligner;
    private final SupervisorWatch watch;
    private final SettingsDrift drift;
    private final SettingsEvents events;
    private final Registry registry;
    private final DefinitionCatalog catalog;
    private final DruidClusters clusters;
    private final Clock clock;
    private final PollSettings poll;
    private final ReconciliationSettings settings;
    private final ExecutorService callers = Executors.newCachedThreadPool();

    Reconciliations(
            ReconciliationStore store,
            SettingsReconciler aligner,
            SupervisorWatch watch,
            SettingsDrift drift,
            SettingsEvents events,
            Registry registry,
            DefinitionCatalog catalog,
            DruidClusters clusters,
            Clock clock,
            PollSettings poll,
            ReconciliationSettings settings) {
        this.store = store;
        this.aligner = aligner;
        this.watch = watch;
        this.drift = drift;
        this.events = events;
        this.registry = registry;
        this.catalog = catalog;
        this.clusters = clusters;
        this.clock = clock;
        this.poll = poll;
        this.settings = settings;
    }

    @Override
    public List<Write> writes(Active next, Activation activation) {
        Reconciliation alignment =
                begun(next.datasource(), activation.number(), next.version(), next.hash(), activation.author());
        // A tick leaves it to the caller for a moment, who tries at once.
        return List.of(store.begun(alignment, clock.instant().plus(poll.minInterval())));
    }

    public Optional<Reconciliation> find(String datasource) {
        return store.find(datasource).map(Stored::alignment);
    }

    /** Does it again for the version that is active, because somebody applied it again: what has drifted is set right. */
    public void again(Active active, String author) {
        store.begin(
                begun(active.datasource(), active.activation(), active.version(), active.hash(), author),
                clock.instant().plus(poll.minInterval()));
    }

    /** For a definition that lies in a file and has changed. */
    void ofFile(Definition definition) {
        store.begin(begun(definition.datasource(), 0, null, definition.hash(), null), clock.instant());
    }

    /**
     * Takes the next step at once, as far as it goes within the time that a caller can wait, and says how it is then. What
     * is left is done by ticks; a step that is still on its way does no harm beside them.
     */
    public Optional<Reconciliation> attempt(String datasource) {
        CompletableFuture<Void> step =
                CompletableFuture.runAsync(() -> store.find(datasource).ifPresent(this::isolated), callers);
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

    /** Takes the next step of every alignment among the items of the due index. */
    public void follow(List<Item> due, Instant deadline) {
        for (Item item : due) {
            if (clock.instant().isBefore(deadline)) {
                store.storedOf(item).ifPresent(this::isolated);
            }
        }
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
                datasource, number, version, hash, author, clock.instant(), Phase.ALIGNING, List.of(), 0, null);
    }

    private void isolated(Stored stored) {
        String datasource = stored.alignment().datasource();
        try {
            step(stored);
        } catch (DruidException exception) {
            LOG.warnf("Settings of %s: %s", datasource, exception.getMessage());
            setBack(stored);
        } catch (RuntimeException exception) {
            LOG.errorf(exception, "Settings of %s could not be brought in line and are tried again", datasource);
            setBack(stored);
        }
    }

    private void setBack(Stored stored) {
        Reconciliation alignment = stored.alignment();
        store.save(stored.with(alignment.setBack(alignment.clusters())), later(stored), List.of());
    }

    /** A tick steps many alignments: all definitions are read anew only where this one is not the one that is known. */
    private Optional<Definition> definition(Reconciliation alignment) {
        return catalog.current()
                .find(alignment.datasource())
                .filter(known -> known.hash().equals(alignment.definitionHash()))
                .or(() -> catalog.fresh().find(alignment.datasource()));
    }

    private void step(Stored stored) {
        Reconciliation alignment = stored.alignment();
        int active =
                registry.active(alignment.datasource()).map(Active::activation).orElse(0);
        if (active != alignment.number()) {
            return; // Another version has come into force, and its own alignment with it.
        }
        Optional<Definition> definition = definition(alignment);
        if (definition.isEmpty()) {
            LOG.warnf("Settings of %s wait: its definition cannot be read", alignment.datasource());
            setBack(stored);
            return;
        }
        switch (alignment.phase()) {
            case ALIGNING -> align(stored, definition.get());
            case STARTING -> start(stored);
            case ALIGNED, MISALIGNED, DRIFTED -> check(stored, definition.get());
        }
    }

    private void align(Stored read, Definition definition) {
        Map<String, ManagedSettings> noted = new HashMap<>(read.applied());
        for (String cluster : definition.clusters()) {
            if (!aligner.isNothing(definition, cluster, read.applied(cluster))) {
                noted.put(cluster, read.applied(cluster).and(aligner.desired(definition, cluster)));
            }
        }
        Optional<Stored> saved = noted.equals(read.applied())
                ? Optional.of(read)
                : store.save(new Stored(read.alignment(), noted, read.version()), later(read), List.of());
        if (saved.isEmpty()) {
            return;
        }
        List<OnCluster> results = new ArrayList<>();
        Map<String, ManagedSettings> applied = new HashMap<>(noted);
        for (String name : new TreeSet<>(noted.keySet())) {
            OnCluster result = align(name, definition, noted.get(name), read.alignment());
            results.add(result);
            if (result.waiting() == null && result.problems().isEmpty()) {
                ManagedSettings now = ManagedSettings.all(
                        aligner.desired(definition, name), read.alignment().version());
                applied.put(name, now);
                if (now.isNothing()) {
                    applied.remove(name);
                }
            }
        }
        Stored next = new Stored(
                read.alignment().phase(Phase.STARTING, results, null),
                applied,
                saved.get().version());
        if (results.stream().anyMatch(result -> result.waiting() != null)) {
            store.save(new Stored(read.alignment().setBack(results), applied, next.version()), later(read), List.of());
            return;
        }
        start(next);
    }

    private OnCluster align(String name, Definition definition, ManagedSettings applied, Reconciliation alignment) {
        Optional<DruidCluster> cluster = clusters.find(name);
        if (cluster.isEmpty()) {
            return new OnCluster(
                    name, null, List.of(), List.of(), List.of("the environment has no cluster " + name), null);
        }
        try {
            return aligner.align(cluster.get(), definition, applied, alignment);
        } catch (DruidException exception) {
            return OnCluster.waiting(name, exception.getMessage());
        }
    }

    /** Looks at supervisors that were posted, until each runs or is known not to, and at the tasks of terminated ones until they have ended. */
    private void start(Stored stored) {
        Instant now = clock.instant();
        Reconciliation alignment = stored.alignment();
        List<OnCluster> looked = watch.look(alignment.datasource(), alignment.clusters(), alignment.startedAt(), now);
        boolean isOnItsWay = looked.stream()
                .flatMap(cluster -> cluster.supervisors().stream())
                .anyMatch(supervisor ->
                        supervisor.state() == Watched.State.STARTING || supervisor.state() == Watched.State.ENDING);
        if (isOnItsWay) {
            store.save(
                    stored.with(alignment.phase(Phase.STARTING, looked, null)),
                    now.plus(poll.minInterval()),
                    List.of());
        } else {
            end(stored.with(alignment.phase(Phase.STARTING, looked, null)), now);
        }
    }

    private void end(Stored stored, Instant now) {
        Reconciliation alignment = stored.alignment();
        boolean wrong = alignment.clusters().stream().anyMatch(OnCluster::isWrong);
        Phase phase = wrong ? Phase.MISALIGNED : Phase.ALIGNED;
        Reconciliation ended = alignment.phase(phase, alignment.clusters(), now);
        boolean silent = ended.clusters().isEmpty();
        List<CloudEvent> about = silent
                ? List.of()
                : List.of(events.ended(
                        wrong ? EventType.DEFINITION_MISALIGNED : EventType.DEFINITION_ALIGNED, ended, now));
        LOG.infof("Settings of %s are %s", ended.datasource(), phase);
        store.save(stored.with(ended), silent ? null : now.plus(settings.checkInterval()), about);
    }

    private void check(Stored stored, Definition definition) {
        Instant now = clock.instant();
        SettingsDrift.Found found = drift.look(stored, definition, now);
        if (found.mayBeWell()) {
            end(stored.with(found.alignment()), now);
        } else {
            store.save(stored.with(found.alignment()), now.plus(settings.checkInterval()), found.events());
        }
    }

    private Instant later(Stored stored) {
        Duration wait = poll.minInterval()
                .multipliedBy(1L << Math.min(stored.alignment().tries(), 12));
        return clock.instant().plus(wait.compareTo(poll.maxInterval()) > 0 ? poll.maxInterval() : wait);
    }
}
