package sluice.ingest.run;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import sluice.platform.event.EventBus;
import sluice.platform.log.Log;

/**
 * Moves runs from state to state. The new state, its event and the time of the next check are one write. The event leaves the
 * outbox once the bus has confirmed it. If a function ends in between, a later check of the run sends the event.
 */
@ApplicationScoped
public class Transitions {

    private static final Log LOG = Log.of(Transitions.class);

    private final RunStore store;
    private final LeaseStore leases;
    private final RunEvents events;
    private final EventBus bus;
    private final PollSchedule schedule;
    private final Clock clock;

    Transitions(RunStore store, LeaseStore leases, RunEvents events, EventBus bus, PollSchedule schedule, Clock clock) {
        this.store = store;
        this.leases = leases;
        this.events = events;
        this.bus = bus;
        this.schedule = schedule;
        this.clock = clock;
    }

    /**
     * Moves the run, stores it, and sends its events. The end of a run returns its leases.
     *
     * @throws StaleRunException if another function wrote the run since it was read
     */
    public Run move(Run run, RunState next) {
        Run moved = prepared(run, next);
        Run stored = moved.hasEnded() ? leases.release(moved) : store.save(moved);
        log(run.state(), stored);
        return flush(stored);
    }

    /**
     * Moves a run that goes on, and stores its segments in the same transaction.
     *
     * @throws StaleRunException if another function wrote the run since it was read
     */
    public Run move(Run run, RunState.Live next, SegmentSnapshot segments) {
        Run stored = store.save(prepared(run, next), segments);
        log(run.state(), stored);
        return flush(stored);
    }

    /** Returns the run's next version in its next state, for a transaction of the caller. */
    public Run next(Run run, RunState next) {
        return prepared(run, next).written();
    }

    private Run prepared(Run run, RunState next) {
        Run moved = run.moved(next, null, events.of(run, next));
        return moved.due(schedule.next(moved, clock.instant()));
    }

    /** Returns a run that was just planned, with the event that says so. Its version is not counted up yet. */
    Run announced(Run planned) {
        Run announcing = planned.announcing(Objects.requireNonNull(events.of(planned, planned.state())));
        return announcing.due(schedule.next(announcing, clock.instant()));
    }

    /** Ends an attempt and plans the next one with the same plan, in one write. The run keeps its leases. */
    public Run repeat(Run run, RunState.Ended end) {
        Run ended = run.moved(end, null, events.of(run, end));
        Run stored = store.save(announced(ended.nextAttempt(end.again(clock.instant()))));
        log(end, stored);
        return flush(stored);
    }

    /** Stores that a step of the run failed, which is tried again later. */
    public Run setBack(Run run, @Nullable String error) {
        return setBack(run, error, Instant.EPOCH);
    }

    /** @param notBefore the step is not tried again before this time */
    public Run setBack(Run run, @Nullable String error, Instant notBefore) {
        Run later = run.setBack(error, null);
        LOG.warn(
                "Step of a run failed and is tried again",
                "runId",
                run.id(),
                "setbacks",
                later.setbacks(),
                "reason",
                error);
        Instant from = clock.instant();
        return store.save(later.due(schedule.next(later, notBefore.isAfter(from) ? notBefore : from)));
    }

    /** Stores that the run is checked again later. */
    public Run postpone(Run run) {
        Run calm = run.calm();
        return store.save(calm.due(schedule.next(calm, clock.instant())));
    }

    /**
     * Stores that the run is checked again later, and its segments in the same transaction.
     *
     * @throws StaleRunException if another function wrote the run since it was read
     */
    public Run postpone(Run run, SegmentSnapshot segments) {
        Run calm = run.calm();
        return store.save(calm.due(schedule.next(calm, clock.instant())), segments);
    }

    /** Sends the events in the run's outbox. Returns the run without those that the bus has confirmed. */
    public Run flush(Run run) {
        if (run.outbox().isEmpty()) {
            return run;
        }
        List<String> confirmed = bus.publish(run.outbox());
        if (confirmed.isEmpty()) {
            return run;
        }
        Run sent = run.confirmed(confirmed, null);
        try {
            return store.save(sent.due(schedule.next(sent, clock.instant())));
        } catch (StaleRunException exception) {
            // Another function has moved the run on. Its write kept the events, so they are sent once more.
            LOG.debug("Run moved on while its events were sent", "runId", run.id());
            return sent;
        }
    }

    private static void log(RunState before, Run run) {
        LOG.info(
                "Run has moved",
                "runId",
                run.id(),
                "before",
                before.label(),
                "state",
                run.state().label(),
                "cluster",
                run.cluster(),
                "datasource",
                run.datasource(),
                "chunks",
                run.intervals(),
                "attempt",
                run.attempt());
    }
}
