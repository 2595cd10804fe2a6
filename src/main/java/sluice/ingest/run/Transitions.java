package sluice.ingest.run;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import org.jboss.logging.Logger;
import sluice.platform.event.EventBus;

/**
 * Moves runs from state to state: the new state, the event about it and the time of the next look are one write; the
 * event leaves the outbox once the bus has confirmed it. Whatever ends in between, a later look finishes.
 */
@ApplicationScoped
public class Transitions {

    private static final Logger LOG = Logger.getLogger(Transitions.class);

    private final RunStore store;
    private final LeaseStore leases;
    private final RunEvents events;
    private final EventBus bus;
    private final PollSchedule pace;
    private final Clock clock;

    Transitions(RunStore store, LeaseStore leases, RunEvents events, EventBus bus, PollSchedule pace, Clock clock) {
        this.store = store;
        this.leases = leases;
        this.events = events;
        this.bus = bus;
        this.pace = pace;
        this.clock = clock;
    }

    /** Moves the run, stores it, and sends its events. */
    public Run move(Run run, RunState next) {
        Run moved = prepared(run, next);
        Run stored = moved.hasEnded() ? leases.release(moved) : store.save(moved);
        announce(run.state(), stored);
        return flush(stored);
    }

    /** The run's next version in its next state, for those who store it in a transaction of their own. */
    public Run next(Run run, RunState next) {
        return prepared(run, next).written();
    }

    private Run prepared(Run run, RunState next) {
        Run moved = run.moved(next, null, events.of(run, next));
        return moved.due(pace.next(moved, clock.instant()));
    }

    /** Returns a run that was just planned, with the event that says so. Its version is not counted up yet. */
    Run announced(Run planned) {
        Run announcing = planned.announcing(events.of(planned, planned.state()));
        return announcing.due(pace.next(announcing, clock.instant()));
    }

    /** Ends an attempt and plans the next by the same plan, in one write: the leases stay with the run. */
    public Run repeat(Run run, RunState.Ended end) {
        Run ended = run.moved(end, null, events.of(run, end));
        Run stored = store.save(announced(ended.nextAttempt(end.again(clock.instant()))));
        announce(end, stored);
        return flush(stored);
    }

    /** Keeps the run as it is after a step that could not be taken, to try again later. */
    public Run setBack(Run run, String error) {
        Run later = run.setBack(error, null);
        LOG.warnf("Step could not be taken and is tried again, setback %d: %s", later.setbacks(), error);
        return store.save(later.due(pace.next(later, clock.instant())));
    }

    /** Looks at the run again later. */
    public Run postpone(Run run) {
        Run calm = run.calm();
        return store.save(calm.due(pace.next(calm, clock.instant())));
    }

    /** Sends the events that the bus has not confirmed. */
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
            return store.save(sent.due(pace.next(sent, clock.instant())));
        } catch (StaleRunException exception) {
            // Another function has moved the run on already; its write kept the events, and they are sent once more.
            LOG.debugf("Run moved on while its events were sent: %s", exception.getMessage());
            return sent;
        }
    }

    private static void announce(RunState before, Run run) {
        LOG.infof(
                "Run %s: %s -> %s (%s/%s %s attempt %d)",
                run.id(),
                before.label(),
                run.state().label(),
                run.cluster(),
                run.datasource(),
                run.intervals(),
                run.attempt());
    }
}
