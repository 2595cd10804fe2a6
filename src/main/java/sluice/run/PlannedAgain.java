package sluice.run;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import sluice.event.EventBus;

/**
 * Sends the planned event of a run once more: because it waits for its turn or its cluster, or because the event was
 * lost behind the bus. The event has the same id as before.
 */
@ApplicationScoped
class PlannedAgain {

    private final RunStore store;
    private final RunEvents events;
    private final EventBus bus;
    private final Pace pace;
    private final Clock clock;

    PlannedAgain(RunStore store, RunEvents events, EventBus bus, Pace pace, Clock clock) {
        this.store = store;
        this.events = events;
        this.bus = bus;
        this.pace = pace;
        this.clock = clock;
    }

    void send(Run run) {
        bus.publish(List.of(events.of(run, new RunState.Planned(run.state().since()))));
        Run later = run.setBack(run.lastError(), null);
        store.save(later.due(pace.next(later, clock.instant())));
    }
}
