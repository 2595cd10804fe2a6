package sluice.ingest.tracking;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import sluice.ingest.run.PollSchedule;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunEvents;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;
import sluice.platform.event.EventBus;
import sluice.platform.state.Batches;

/**
 * Repeats the planned event of a run that waits for its turn or its cluster, or whose event was lost behind the bus. The event
 * has the same id as before.
 */
@ApplicationScoped
class PlannedEventRepublisher {

    private final RunStore store;
    private final RunEvents events;
    private final EventBus bus;
    private final PollSchedule schedule;
    private final RunChecks checks;
    private final Clock clock;

    PlannedEventRepublisher(
            RunStore store, RunEvents events, EventBus bus, PollSchedule schedule, RunChecks checks, Clock clock) {
        this.checks = checks;
        this.store = store;
        this.events = events;
        this.bus = bus;
        this.schedule = schedule;
        this.clock = clock;
    }

    /** Sends the events, as many in one call as the bus takes. Each run is due again after a pause that grows. */
    void send(List<Run> runs, Instant deadline) {
        for (List<Run> page : Batches.of(runs, EventBus.EVENTS_PER_CALL)) {
            if (!clock.instant().isBefore(deadline)) {
                return;
            }
            bus.publish(page.stream()
                    .map(run -> events.of(run, new RunState.Planned(run.state().since())))
                    .toList());
            checks.each(page, deadline, this::postpone);
        }
    }

    private void postpone(Run run) {
        Run later = run.setBack(run.lastError(), null);
        store.save(later.due(schedule.next(later, clock.instant())));
    }
}
