package sluice.govern.rollback;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.run.StaleRunException;
import sluice.ingest.tracking.Cancellation;
import sluice.platform.druid.DruidException;
import sluice.platform.state.DueItemHandler;
import sluice.platform.state.Item;
import sluice.platform.state.PollSettings;

/**
 * Takes rollbacks to their end: first all runs of the bad versions end, then the data is restored. For a moment after the
 * pointer has moved a function may still plan by the version that it has read before, so runs are looked for until that
 * moment is over.
 */
@ApplicationScoped
@Priority(50)
class RollbackSteps implements DueItemHandler {

    private static final Logger LOG = Logger.getLogger(RollbackSteps.class);

    private final RollbackStore store;
    private final BadRuns badRuns;
    private final Cancellation cancellation;
    private final DataRestore restore;
    private final Clock clock;
    private final PollSettings poll;
    private final RollbackSettings settings;

    RollbackSteps(
            RollbackStore store,
            BadRuns badRuns,
            Cancellation cancellation,
            DataRestore restore,
            Clock clock,
            PollSettings poll,
            RollbackSettings settings) {
        this.store = store;
        this.badRuns = badRuns;
        this.cancellation = cancellation;
        this.restore = restore;
        this.clock = clock;
        this.poll = poll;
        this.settings = settings;
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
        for (Run run : badRuns.of(rollback)) {
            if (run.hasEnded()) {
                continue;
            }
            living = true;
            boolean isAsked = run.state() instanceof RunState.InDruid task && task.cancelReason() != null;
            if (!isAsked && !(run.state() instanceof RunState.Succeeded)) {
                cancellation.cancel(run.id(), Rollbacks.reason(rollback));
            }
            next = next.stopped(run.id());
        }
        boolean settled = clock.instant().isAfter(rollback.startedAt().plus(settings.settle()));
        return living || !settled ? next : next.restoring();
    }
}
