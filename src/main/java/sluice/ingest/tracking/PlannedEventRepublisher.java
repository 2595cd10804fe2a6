package sluice.ingest.tracking;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import sluice.ingest.run.PollSchedule;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunEvents;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;
import sluice.platform.event.EventBus;

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
    private final Clock clock;

    PlannedEventRepublisher(RunStore store, RunEvents events, EventBus bus, PollSchedule schedule, Clock clock) {
        this.store = store;
        this.events = events;
        this.bus = bus;
        this.schedule = schedule;
        this.clock = clock;
    }

    /** Sends the event. The run is due again after a pause that grows. */
    void send(Run run) {
        bus.publish(List.of(events.of(run, new RunState.Planned(run.state().since()))));
        Run later = run.setBack(run.lastError(), null);
        store.save(later.due(schedule.next(later, clock.instant())));
    }
}
