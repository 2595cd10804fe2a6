package sluice.govern.rollback;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.core.batch.RunKind;
import sluice.ingest.run.Run;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidClusters;
import sluice.platform.druid.RestorePatience;

/**
 * Restores the data of the bad versions once none of their runs is live, unit by unit. A step marks as many units as it has time
 * for, a later one verifies that data servers have them, and the rollback remembers how far it came.
 *
 * <p>The active version attempts stopped runs again. It also loads time chunks whose earlier segments no longer exist or that had
 * none, and all objects that were appended.
 */
@ApplicationScoped
class DataRestore {

    /** Units that one step marks: each holds leases until it is verified. */
    static final int UNITS_PER_STEP = 100;
    /** What a unit may take. A step begins none with less time left. */
    private static final Duration RESERVE = Duration.ofSeconds(10);

    private final BadRuns badRuns;
    private final UnitRestore restore;
    private final UnitsGivenUp givenUp;
    private final DruidClusters clusters;
    private final Clock clock;

    DataRestore(BadRuns badRuns, UnitRestore restore, UnitsGivenUp givenUp, DruidClusters clusters, Clock clock) {
        this.badRuns = badRuns;
        this.restore = restore;
        this.givenUp = givenUp;
        this.clusters = clusters;
        this.clock = clock;
    }

    /** Takes the next step. The rollback is done once nothing is left. */
    Rollback step(Rollback rollback, Instant deadline) {
        List<RestoreUnit> units = RestoreUnit.of(badRuns.of(rollback).stream()
                .filter(run -> isConcerned(rollback, run))
                .toList());
        List<RestoreUnit> marked = units.stream()
                .filter(unit -> rollback.isAfterCheckpoint(unit.key()) && rollback.isMarked(unit.key()))
                .toList();
        return marked.isEmpty() ? marked(rollback, units, deadline) : verified(rollback, marked);
    }

    private static boolean isConcerned(Rollback rollback, Run run) {
        return run.kind() != RunKind.KILL
                && (rollback.stopped().contains(run.id()) || UnitRestore.hasLoaded(rollback, run));
    }

    private Rollback marked(Rollback rollback, List<RestoreUnit> units, Instant deadline) {
        Rollback next = rollback;
        int done = 0;
        for (RestoreUnit unit : units) {
            if (!rollback.isAfterCheckpoint(unit.key())) {
                continue;
            }
            boolean isLate = clock.instant().plus(RESERVE).isAfter(deadline);
            if (done == UNITS_PER_STEP || (isLate && done > 0)) {
                return next;
            }
            UnitRestore.Result result = restored(next, unit);
            if (result.waits() != null && !isOutOfPatience(rollback)) {
                return next;
            }
            next = result.waits() == null ? result.rollback() : givenUp.without(next, unit, result.waits());
            next = next.marked(unit.key(), clock.instant());
            done++;
        }
        return done == 0 ? next.done(clock.instant()) : next;
    }

    /** Without its cluster a unit stays as it is, unless a step was interrupted in the middle of it: that waits for the cluster. */
    private UnitRestore.Result restored(Rollback rollback, RestoreUnit unit) {
        Optional<DruidCluster> cluster = clusters.find(unit.cluster());
        if (cluster.isPresent()) {
            return restore.restore(rollback, unit, cluster.get());
        }
        Rollback absent = rollback.problem(absence(unit));
        return new UnitRestore.Result(absent, givenUp.isBegun(rollback, unit) ? absence(unit) : null);
    }

    private static String absence(RestoreUnit unit) {
        return "the environment has no cluster " + unit.cluster();
    }

    private boolean isOutOfPatience(Rollback rollback) {
        return RestorePatience.isOver(rollback.progressAt(), clock.instant());
    }

    private Rollback verified(Rollback rollback, List<RestoreUnit> marked) {
        Rollback next = rollback;
        List<RestoreUnit> late = new ArrayList<>();
        for (RestoreUnit unit : marked) {
            Optional<DruidCluster> cluster = clusters.find(unit.cluster());
            Optional<Rollback> result = cluster.isEmpty()
                    ? Optional.of(next.problem(absence(unit)))
                    : restore.verified(next, unit, cluster.get());
            if (result.isPresent()) {
                next = result.get();
            } else {
                late.add(unit);
            }
        }
        if (!late.isEmpty() && !isOutOfPatience(rollback)) {
            return rollback;
        }
        for (RestoreUnit unit : late) {
            next = next.problem(
                    "what was restored in " + unit.text() + " is not served after " + RestorePatience.LIMIT);
        }
        marked.forEach(unit -> restore.release(rollback, unit));
        return next.verified(marked.get(marked.size() - 1).key(), clock.instant());
    }
}
