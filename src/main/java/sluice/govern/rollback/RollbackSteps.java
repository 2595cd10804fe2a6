package sluice.govern.rollback;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.run.StaleRunException;
import sluice.ingest.tracking.Cancellation;
import sluice.platform.druid.DruidException;
import sluice.platform.log.Log;
import sluice.platform.state.DueItemHandler;
import sluice.platform.state.Item;
import sluice.platform.state.PollSettings;

/**
 * Takes rollbacks to their end: first all runs of the bad versions end, then the data is restored. For some seconds after
 * the pointer has moved, a function may still plan by the version that it has cached. Until the settle time is over, the
 * rollback therefore looks for new runs.
 */
@ApplicationScoped
@Priority(50)
class RollbackSteps implements DueItemHandler {

    private static final Log LOG = Log.of(RollbackSteps.class);
    /** Each step looks through all runs of the datasource. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

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
        for (Rollback rollback : store.rollbacksOf(due)) {
            if (clock.instant().isBefore(deadline)) {
                isolated(rollback, deadline);
            }
        }
    }

    private void isolated(Rollback rollback, Instant deadline) {
        try {
            follow(rollback, deadline);
        } catch (DruidException | StaleRunException exception) {
            LOG.warn("Rollback goes on later", "datasource", rollback.datasource(), "reason", exception.getMessage());
            store.save(rollback, clock.instant().plus(PAUSE));
        } catch (RuntimeException exception) {
            LOG.error(exception, "Step of a rollback failed and is tried again", "datasource", rollback.datasource());
            store.save(rollback, clock.instant().plus(poll.maxInterval()));
        }
    }

    private void follow(Rollback rollback, Instant deadline) {
        Instant now = clock.instant();
        Rollback next = rollback;
        if (rollback.phase() == Rollback.Phase.STOPPING) {
            next = stopping(rollback);
        } else if (rollback.phase() == Rollback.Phase.RESTORING) {
            next = restore.step(rollback, deadline);
        }
        boolean done = next.phase() == Rollback.Phase.DONE;
        if (done) {
            LOG.info(
                    "Rollback is done",
                    "datasource",
                    next.datasource(),
                    "stoppedRuns",
                    next.stopped().size(),
                    "reloadedRuns",
                    next.reloaded().size(),
                    "problems",
                    next.problems());
        }
        if (!store.save(next, done ? null : now.plus(PAUSE))) {
            LOG.info("Rollback is written by another function", "datasource", rollback.datasource());
        }
    }

    /** Cancels every live run of a bad version. Goes on when none is left and the settle time is over. */
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
        return living || !settled ? next : next.restoring(clock.instant());
    }
}
