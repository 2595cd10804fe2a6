package sluice.govern.settings;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import sluice.core.definition.Definition;
import sluice.govern.settings.Reconciliation.OnCluster;
import sluice.govern.settings.ReconciliationStore.Stored;

/**
 * Rules that drop rows go cluster by cluster, in the order of the definition, so a mistake costs the data of one cluster. A
 * cluster gets them only after all clusters before it match the definition, and some time after those got theirs. The time is
 * stored before Druid is called: whoever is killed in between leaves a pause, not two clusters without data.
 */
final class RuleTurns {

    private final List<OnCluster> results = new ArrayList<>();
    private final Duration pause;
    private final Instant now;
    private final Function<Stored, Optional<Stored>> save;
    private Stored stored;
    private @Nullable Instant next;

    /**
     * @param pause how long the next cluster waits
     * @param save stores; returns the reconciliation as stored, or empty if somebody else wrote it
     */
    RuleTurns(Stored stored, Duration pause, Instant now, Function<Stored, Optional<Stored>> save) {
        this.stored = stored;
        this.pause = pause;
        this.now = now;
        this.save = save;
    }

    /** Returns the clusters in their order: as the definition names them, then those that it no longer names. */
    static List<String> order(Definition definition, Iterable<String> clusters) {
        TreeSet<String> left = new TreeSet<>();
        clusters.forEach(left::add);
        List<String> order = new ArrayList<>(
                definition.clusters().stream().filter(left::contains).toList());
        order.forEach(left::remove);
        order.addAll(left);
        return order;
    }

    /** Notes the result of a cluster; the next one is asked for only then. */
    void done(OnCluster result) {
        results.add(result);
    }

    /** Returns which cluster is in the way for good, for people; empty if none is. */
    Optional<String> blocked() {
        return results.stream()
                .filter(result -> !result.problems().isEmpty())
                .findFirst()
                .map(result ->
                        "they would drop rows, and cluster " + result.cluster() + ", which comes first, has a problem");
    }

    /** Returns which cluster it waits for, for people; empty if it is its turn. */
    Optional<String> waitsFor() {
        for (OnCluster result : results) {
            if (result.waiting() != null) {
                return Optional.of(
                        "rules that drop rows wait: cluster " + result.cluster() + " comes first and is not done");
            }
            Instant dropped = stored.dropped().get(result.cluster());
            if (dropped != null && dropped.plus(pause).isAfter(now)) {
                next = dropped.plus(pause);
                return Optional.of("rules that drop rows wait until " + next + ": cluster " + result.cluster()
                        + " got them at " + dropped);
            }
        }
        return Optional.empty();
    }

    /** Stores that a cluster is about to get rules that drop rows. Returns why it must not; empty if it may. */
    Optional<String> begin(String cluster) {
        Optional<Stored> saved = save.apply(stored.dropping(cluster, now));
        saved.ifPresent(written -> stored = written);
        return saved.isPresent()
                ? Optional.empty()
                : Optional.of("somebody else has gone on with this reconciliation meanwhile");
    }

    /** The reconciliation as it is stored now. */
    Stored stored() {
        return stored;
    }

    /** When the next cluster's turn comes; null if none waits for a time. */
    @Nullable
    Instant next() {
        return next;
    }
}
