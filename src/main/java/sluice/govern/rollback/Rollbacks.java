package sluice.govern.rollback;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import sluice.govern.registry.Activation;
import sluice.govern.registry.Active;
import sluice.govern.registry.Registry;
import sluice.govern.registry.Version;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunIndex;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;
import sluice.ingest.run.StaleRunException;
import sluice.ingest.tracking.Cancellation;
import sluice.platform.druid.DruidException;
import sluice.platform.state.DueItemHandler;
import sluice.platform.state.Item;
import sluice.platform.state.PollSettings;

/**
 * Starts rollbacks and takes them to their end. The pointer moves at once. For a moment afterwards a function may still
 * plan by the version that it has read before, so the runs are looked for until that moment is over.
 */
@ApplicationScoped
@Priority(50)
public class Rollbacks implements DueItemHandler {

    private static final Logger LOG = Logger.getLogger(Rollbacks.class);
    private static final int LONGEST_HISTORY = 1_000;

    private final Registry registry;
    private final RollbackStore store;
    private final RunIndex index;
    private final RunStore runs;
    private final Cancellation cancellation;
    private final DataRestore restore;
    private final Clock clock;
    private final PollSettings poll;
    private final RollbackSettings settings;

    Rollbacks(
            Registry registry,
            RollbackStore store,
            RunIndex index,
            RunStore runs,
            Cancellation cancellation,
            DataRestore restore,
            Clock clock,
            PollSettings poll,
            RollbackSettings settings) {
        this.registry = registry;
        this.store = store;
        this.index = index;
        this.runs = runs;
        this.cancellation = cancellation;
        this.restore = restore;
        this.clock = clock;
        this.poll = poll;
        this.settings = settings;
    }

    /**
     * What is asked for.
     *
     * @param to number of a version, or null for the one that the active one was made after
     * @param retried ids of runs that failed by the bad version and are attempted again by the earlier one
     */
    public record Order(Integer to, boolean data, String author, String reason, List<String> retried) {}

    public Optional<Rollback> find(String datasource, int number) {
        return store.find(datasource, number);
    }

    /**
     * Moves the pointer back and stores what remains to be done.
     *
     * @param read the pointer as the caller knows it
     * @throws RollbackException when there is no such earlier version
     * @throws sluice.govern.registry.ContendedException when the pointer is another one by now
     */
    public Rollback start(Active read, Order order) {
        String datasource = read.datasource();
        int number = order.to() == null ? parent(read) : order.to();
        Version to = registry.version(datasource, number)
                .orElseThrow(() -> new RollbackException(
                        "there is no version " + number + " of " + datasource + ", only 1 to " + read.latest()));
        if (to.number() == read.version()) {
            throw new RollbackException("version " + to.number() + " is active already");
        }
        Instant now = clock.instant();
        Rollback rollback = new Rollback(
                datasource,
                read.activation() + 1,
                read.version(),
                to.number(),
                badHashes(read, to),
                order.data(),
                order.author(),
                order.reason(),
                now,
                Rollback.Phase.STOPPING,
                order.retried(),
                List.of(),
                List.of(),
                List.of(),
                null,
                0);
        registry.rollBack(read, to, order.author(), order.reason(), List.of(store.created(rollback, now)));
        LOG.infof(
                "%s is rolled back from version %d to %d: %s", datasource, read.version(), to.number(), order.reason());
        return rollback.written();
    }

    /** Takes the next step of every rollback among the items of the due index. */
    @Override
    public void handle(List<Item> due, Instant deadline) {
        for (Item item : due) {
            store.rollbackOf(item).ifPresent(this::isolated);
        }
    }

    private void isolated(Rollback rollback) {
        try {
            follow(rollback);
        } catch (DruidException | StaleRunException exception) {
            LOG.warnf("Rollback of %s goes on later: %s", rollback.datasource(), exception.getMessage());
            store.save(rollback, clock.instant().plus(poll.minInterval()));
        }
    }

    private void follow(Rollback rollback) {
        Instant now = clock.instant();
        Rollback next = rollback;
        if (rollback.phase() == Rollback.Phase.STOPPING) {
            next = stopping(rollback);
        } else if (rollback.phase() == Rollback.Phase.RESTORING) {
            next = restore.finish(rollback).done(now);
            LOG.infof(
                    "Rollback of %s is done: %d runs stopped, %d loaded again, problems: %s",
                    next.datasource(), next.stopped().size(), next.reloaded().size(), next.problems());
        }
        boolean done = next.phase() == Rollback.Phase.DONE;
        if (!store.save(next, done ? null : now.plus(poll.minInterval()))) {
            LOG.infof("Rollback of %s is followed by another function", rollback.datasource());
        }
    }

    /** Asks every living run of a bad version to end; with none left, and time to plan another one over, goes on. */
    private Rollback stopping(Rollback rollback) {
        Rollback next = rollback;
        boolean living = false;
        for (Run run : badRuns(rollback)) {
            if (run.hasEnded()) {
                continue;
            }
            living = true;
            boolean isAsked = run.state() instanceof RunState.InDruid task && task.cancelReason() != null;
            if (!isAsked && !(run.state() instanceof RunState.Succeeded)) {
                cancellation.cancel(run.id(), reason(rollback));
            }
            next = next.stopped(run.id());
        }
        boolean settled = clock.instant().isAfter(rollback.startedAt().plus(settings.settle()));
        return living || !settled ? next : next.restoring();
    }

    private List<Run> badRuns(Rollback rollback) {
        return index.all(rollback.datasource()).stream()
                .filter(run -> rollback.badHashes().contains(run.definitionHash()))
                .flatMap(run -> runs.find(run.id()).stream())
                .filter(run -> rollback.badHashes().contains(run.definitionHash()))
                .toList();
    }

    static String reason(Rollback rollback) {
        return "definition rolled back from version " + rollback.from() + " to " + rollback.to() + " by "
                + rollback.author() + ": " + rollback.reason();
    }

    private int parent(Active read) {
        Integer parent = registry.version(read.datasource(), read.version())
                .map(Version::parent)
                .orElse(null);
        if (parent == null) {
            throw new RollbackException("version " + read.version() + " of " + read.datasource()
                    + " is the first: there is none to go back to");
        }
        return parent;
    }

    /** Hashes of what was active since the version to go back to was. */
    private List<String> badHashes(Active read, Version to) {
        Set<Integer> bad = new LinkedHashSet<>();
        bad.add(read.version());
        List<Activation> history = registry.history(read.datasource(), LONGEST_HISTORY);
        if (history.stream().anyMatch(activation -> activation.version() == to.number())) {
            for (Activation activation : history) {
                if (activation.version() == to.number()) {
                    break;
                }
                bad.add(activation.version());
            }
        }
        List<String> hashes = new ArrayList<>();
        for (int number : bad) {
            registry.version(read.datasource(), number)
                    .map(Version::hash)
                    .filter(hash -> !hash.equals(to.hash()) && !hashes.contains(hash))
                    .ifPresent(hashes::add);
        }
        return hashes;
    }
}
