package sluice.govern.rollback;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sluice.govern.registry.Activation;
import sluice.govern.registry.Active;
import sluice.govern.registry.Registry;
import sluice.govern.registry.Version;
import sluice.platform.log.Log;
import sluice.platform.state.Write;

/** Starts rollbacks. The pointer moves at once; ticks do the rest. */
@ApplicationScoped
public class Rollbacks {

    private static final Log LOG = Log.of(Rollbacks.class);
    private static final int LONGEST_HISTORY = 1_000;
    /** Activations among which an unfinished rollback may be: it takes minutes or hours. */
    private static final int RECENT = 20;

    private final Registry registry;
    private final RollbackStore store;
    private final BadStreams streams;
    private final Clock clock;

    Rollbacks(Registry registry, RollbackStore store, BadStreams streams, Clock clock) {
        this.registry = registry;
        this.store = store;
        this.streams = streams;
        this.clock = clock;
    }

    /**
     * A request for a rollback.
     *
     * @param to number of the target version; null for the parent of the active version
     * @param data whether the data of the bad versions is taken back
     * @param retried ids of failed runs of the bad version that the earlier version attempts again
     */
    public record Order(@Nullable Integer to, boolean data, String author, String reason, List<String> retried) {}

    public Optional<Rollback> find(String datasource, int number) {
        return store.find(datasource, number);
    }

    /**
     * Moves the pointer back and stores the rollback in the same transaction.
     *
     * @param read the pointer that the caller read
     * @throws RollbackException if the target version does not exist or is active
     * @throws sluice.govern.registry.ContendedException if somebody else moved the pointer after it was read
     */
    public Rollback start(Active read, Order order) {
        return start(read, order, null);
    }

    private Rollback start(Active read, Order order, @Nullable String key) {
        String datasource = read.datasource();
        int number = order.to() == null ? parent(read) : order.to();
        Version to = registry.version(datasource, number)
                .orElseThrow(() -> new RollbackException(
                        "there is no version " + number + " of " + datasource + ", only 1 to " + read.latest()));
        if (to.number() == read.version()) {
            throw new RollbackException("version " + to.number() + " is already active");
        }
        Instant now = clock.instant();
        Bad bad = bad(read, to, now);
        Rollback rollback = new Rollback(
                datasource,
                read.activation() + 1,
                read.version(),
                to.number(),
                hashes(datasource, bad, to),
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
                0,
                null,
                order.data() ? streams.of(datasource, bad.versions(), bad.since(), now) : List.of());
        List<Write> writes = new ArrayList<>();
        writes.add(store.created(rollback, now));
        if (key != null) {
            writes.add(store.keyed(rollback, key));
        }
        registry.rollBack(read, to, order.author(), order.reason(), writes);
        LOG.info(
                "Definition is rolled back",
                "datasource",
                datasource,
                "from",
                read.version(),
                "to",
                to.number(),
                "reason",
                order.reason());
        return rollback.written();
    }

    /**
     * Starts the rollback that a person requests, once per idempotency key.
     *
     * @param key the idempotency key; null for none
     * @return the rollback; the earlier one if the key has made it already
     * @throws RollbackException also if an earlier rollback of the datasource is not finished: it would stop and restore the
     *     same runs
     */
    public Rollback request(Active read, Order order, @Nullable String key) {
        String datasource = read.datasource();
        Optional<Rollback> known = key == null ? Optional.empty() : ofRequest(datasource, key);
        if (known.isPresent()) {
            return known.get();
        }
        for (Activation activation : registry.history(datasource, RECENT)) {
            Optional<Rollback> unfinished = activation.kind() == Activation.Kind.ROLLBACK
                    ? store.find(datasource, activation.number())
                            .filter(rollback -> rollback.phase() != Rollback.Phase.DONE)
                    : Optional.empty();
            if (unfinished.isPresent()) {
                throw new RollbackException("rollback " + unfinished.get().number() + " of " + datasource
                        + " is not finished yet; follow it, then request another one");
            }
        }
        return start(read, order, key);
    }

    /** Returns the rollback that a request with this idempotency key has started. */
    public Optional<Rollback> ofRequest(String datasource, String key) {
        return store.ofKey(datasource, key);
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
                    + " is the first; there is no earlier version");
        }
        return parent;
    }

    /**
     * The versions that were active after the target version was.
     *
     * @param since when the first of them became active
     */
    private record Bad(Set<Integer> versions, Instant since) {}

    private Bad bad(Active read, Version to, Instant now) {
        Set<Integer> bad = new LinkedHashSet<>();
        bad.add(read.version());
        List<Activation> history = registry.history(read.datasource(), LONGEST_HISTORY);
        boolean isKnown = history.stream().anyMatch(activation -> activation.version() == to.number());
        Instant since = history.stream().findFirst().map(Activation::at).orElse(now);
        for (Activation activation : isKnown ? history : List.<Activation>of()) {
            if (activation.version() == to.number()) {
                break;
            }
            bad.add(activation.version());
            since = activation.at();
        }
        return new Bad(bad, since);
    }

    private List<String> hashes(String datasource, Bad bad, Version to) {
        List<String> hashes = new ArrayList<>();
        for (int number : bad.versions()) {
            registry.version(datasource, number)
                    .map(Version::hash)
                    .filter(hash -> !hash.equals(to.hash()) && !hashes.contains(hash))
                    .ifPresent(hashes::add);
        }
        return hashes;
    }
}
