package sluice.platform.druid;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import sluice.platform.log.Log;
import sluice.platform.metric.Metric;
import sluice.platform.metric.MetricPlace;
import sluice.platform.metric.Metrics;
import sluice.platform.state.Changes;
import sluice.platform.state.Condition;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.PollSettings;
import sluice.platform.state.StateException;
import sluice.platform.state.StateTable;

/**
 * Stops all functions from asking a cluster that does not answer. The state table holds the outage, so it outlives processes.
 *
 * <p>A call without an answer is no outage yet, because one slow query says little about the cluster: a probe decides. While
 * the outage lasts nobody asks the cluster until its pause is over. Then one caller probes it. Each probe without an answer
 * doubles the pause. A call of a person is no such caller: it probes at once.
 */
@ApplicationScoped
public class ClusterBreaker {

    private static final Log LOG = Log.of(ClusterBreaker.class);
    private static final Duration REFRESH = Duration.ofSeconds(5);
    /** A caller that probes and dies keeps the others from probing for this long. */
    private static final Duration PROBE = Duration.ofSeconds(10);
    /** An outage of a cluster that nobody asks any more leaves the table. */
    private static final Duration KEEP = Duration.ofDays(7);

    private static final int MAX_DOUBLINGS = 12;
    private static final String ABSENT = "the environment has no such cluster";
    private static final String SINCE = "since";
    private static final String UNTIL = "until";
    private static final String FAILURES = "failures";
    private static final String REASON = "reason";

    private final StateTable table;
    private final Clock clock;
    private final PollSettings settings;
    private final Metrics metrics;
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();
    private final Map<String, Object> locks = new ConcurrentHashMap<>();
    private final Set<String> probedForPerson = ConcurrentHashMap.newKeySet();
    private volatile boolean isPersonAsking;

    ClusterBreaker(StateTable table, Clock clock, PollSettings settings, Metrics metrics) {
        this.table = table;
        this.clock = clock;
        this.settings = settings;
        this.metrics = metrics;
    }

    /**
     * A call of a person begins, who may know that a cluster is back. The first question to each cluster that has an outage
     * probes it, whatever is left of the pause. This holds for the one call that a process of {@code gate} works on.
     */
    public void personAsks() {
        probedForPerson.clear();
        isPersonAsking = true;
    }

    private record Seen(Instant at, Optional<Outage> outage) {}

    /**
     * Returns the outage of a cluster that must not be asked now; empty if it may be asked.
     *
     * @param probe whether the cluster answers; called only when a pause is over, and by one caller
     */
    public Optional<Outage> outage(String cluster, BooleanSupplier probe) {
        Optional<Outage> outage = current(cluster, probe);
        outage.ifPresent(this::measure);
        return outage;
    }

    private void measure(Outage outage) {
        metrics.peak(
                Metric.OUTAGE_AGE,
                MetricPlace.cluster(outage.cluster()),
                Duration.between(outage.since(), clock.instant()).toSeconds());
    }

    /** Counts a call to the cluster. */
    void asked(String cluster, boolean hasFailed) {
        metrics.add(Metric.DRUID_CALLS, MetricPlace.cluster(cluster), 1);
        if (hasFailed) {
            metrics.add(Metric.DRUID_ERRORS, MetricPlace.cluster(cluster), 1);
        }
    }

    private Optional<Outage> current(String cluster, BooleanSupplier probe) {
        Optional<Outage> known = known(cluster);
        if (known.isEmpty() || (mustNotBeAsked(known.get()) && !isPersonWaiting(cluster))) {
            return known;
        }
        synchronized (lock(cluster)) {
            Optional<Outage> now = known(cluster);
            if (now.isEmpty()) {
                return now;
            }
            return mustNotBeAsked(now.get())
                    ? now.filter(outage -> !answersPerson(outage, probe))
                    : probed(now.get(), probe);
        }
    }

    /**
     * A call to the cluster got no answer.
     *
     * @param probe whether the cluster answers another, cheap call
     */
    public void unanswered(String cluster, String reason, BooleanSupplier probe) {
        synchronized (lock(cluster)) {
            if (known(cluster).isPresent() || probe.getAsBoolean()) {
                return;
            }
            Instant now = clock.instant();
            Outage outage = new Outage(cluster, now, now.plus(pause(1)), 1, reason);
            LOG.warn("Cluster does not answer and is not asked for a while", "cluster", cluster, "reason", reason);
            remember(cluster, Optional.of(outage));
            quietly(() -> {
                if (!table.putIf(item(outage), Condition.absent())) {
                    seen.remove(cluster);
                }
            });
        }
    }

    /** Returns since when the environment has not had a cluster. The first call notes it. */
    public Outage absent(String cluster) {
        synchronized (lock(cluster)) {
            Optional<Outage> known = known(cluster).filter(ClusterBreaker::isAbsence);
            if (known.isPresent() && isPaused(known.get())) {
                return known.get();
            }
            Instant now = clock.instant();
            Instant since = known.map(Outage::since).orElse(now);
            Outage absence = new Outage(cluster, since, now.plus(settings.maxInterval()), 1, ABSENT);
            remember(cluster, Optional.of(absence));
            measure(absence);
            quietly(() -> table.put(item(absence)));
            return absence;
        }
    }

    private Optional<Outage> probed(Outage outage, BooleanSupplier probe) {
        String cluster = outage.cluster();
        Instant claimedUntil = clock.instant().plus(PROBE);
        if (!isClaimed(outage, claimedUntil)) {
            seen.remove(cluster);
            return known(cluster).filter(this::mustNotBeAsked);
        }
        if (probe.getAsBoolean()) {
            end(outage);
            return Optional.empty();
        }
        long failures = outage.failures() + 1;
        Outage longer =
                new Outage(cluster, outage.since(), clock.instant().plus(pause(failures)), failures, outage.reason());
        LOG.warn("Cluster still does not answer", "cluster", cluster, "since", outage.since(), "until", longer.until());
        remember(cluster, Optional.of(longer));
        quietly(() -> table.put(item(longer)));
        return Optional.of(longer);
    }

    private boolean isPersonWaiting(String cluster) {
        return isPersonAsking && !probedForPerson.contains(cluster);
    }

    /** A probe for a person leaves the pause as it is, so people who look often do not keep the functions waiting. */
    private boolean answersPerson(Outage outage, BooleanSupplier probe) {
        if (!isPersonWaiting(outage.cluster())) {
            return false;
        }
        probedForPerson.add(outage.cluster());
        if (!probe.getAsBoolean()) {
            return false;
        }
        end(outage);
        return true;
    }

    private void end(Outage outage) {
        LOG.info("Cluster answers again", "cluster", outage.cluster(), "since", outage.since());
        remember(outage.cluster(), Optional.empty());
        quietly(() -> table.remove(Key.outage(outage.cluster())));
    }

    /** Of all functions that may probe, one does. Without the table each process probes for itself. */
    private boolean isClaimed(Outage outage, Instant until) {
        try {
            return table.updateIf(
                            Key.outage(outage.cluster()),
                            Changes.NONE.set(UNTIL, until),
                            Condition.equal(UNTIL, outage.until()))
                    .isPresent();
        } catch (StateException exception) {
            LOG.warn("Outage of a cluster could not be written", "reason", exception.getMessage());
            return true;
        }
    }

    private Optional<Outage> known(String cluster) {
        Seen last = seen.get(cluster);
        if (last != null && clock.instant().isBefore(last.at().plus(REFRESH))) {
            return last.outage();
        }
        try {
            return remember(cluster, table.get(Key.outage(cluster)).map(item -> outage(cluster, item)));
        } catch (StateException exception) {
            LOG.warn("Outages of clusters could not be read", "reason", exception.getMessage());
            return last == null ? Optional.empty() : last.outage();
        }
    }

    private Optional<Outage> remember(String cluster, Optional<Outage> outage) {
        seen.put(cluster, new Seen(clock.instant(), outage));
        return outage;
    }

    private boolean isPaused(Outage outage) {
        return clock.instant().isBefore(outage.until());
    }

    /** A cluster that was absent and is there again is probed at once. */
    private boolean mustNotBeAsked(Outage outage) {
        return isPaused(outage) && !isAbsence(outage);
    }

    private static boolean isAbsence(Outage outage) {
        return outage.reason().equals(ABSENT);
    }

    private Object lock(String cluster) {
        return locks.computeIfAbsent(cluster, any -> new Object());
    }

    private Duration pause(long failures) {
        Duration pause = settings.minInterval().multipliedBy(1L << Math.min(failures, MAX_DOUBLINGS));
        return pause.compareTo(settings.maxInterval()) > 0 ? settings.maxInterval() : pause;
    }

    private static void quietly(Runnable write) {
        try {
            write.run();
        } catch (StateException exception) {
            LOG.warn("Outage of a cluster could not be written", "reason", exception.getMessage());
        }
    }

    private Item item(Outage outage) {
        return Item.at(Key.outage(outage.cluster()))
                .with(SINCE, outage.since())
                .with(UNTIL, outage.until())
                .with(FAILURES, outage.failures())
                .with(REASON, outage.reason())
                .expiring(outage.until().plus(KEEP));
    }

    private static Outage outage(String cluster, Item item) {
        return new Outage(
                cluster,
                item.time(SINCE).orElse(Instant.EPOCH),
                item.time(UNTIL).orElse(Instant.EPOCH),
                item.number(FAILURES, 1),
                item.text(REASON).orElse(""));
    }
}
