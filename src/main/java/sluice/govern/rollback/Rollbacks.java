package sluice.govern.rollback;

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

/** Starts rollbacks. The pointer moves at once; ticks do what remains. */
@ApplicationScoped
public class Rollbacks {

    private static final Logger LOG = Logger.getLogger(Rollbacks.class);
    private static final int LONGEST_HISTORY = 1_000;

    private final Registry registry;
    private final RollbackStore store;
    private final Clock clock;

    Rollbacks(Registry registry, RollbackStore store, Clock clock) {
        this.registry = registry;
        this.store = store;
        this.clock = clock;
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
