package sluice.entry.function;

import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import sluice.ingest.Steps;
import sluice.platform.state.DueItemHandler;
import sluice.platform.state.Item;
import sluice.platform.state.NextDue;
import sluice.platform.state.Pause;
import sluice.platform.state.PollSettings;
import sluice.platform.state.StateTable;
import sluice.platform.state.TickLease;
import sluice.platform.state.TickRequests;

/**
 * Takes the next step of every due item, and goes on while something becomes due before the schedule's next tick. So a run is
 * checked at its own pace and not once a minute. A round reads what is due, and only looks whether something else becomes due. A tick
 * for which nothing is and becomes due costs one read.
 */
@ApplicationScoped
class Tick {

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(250);
    /** Other functions make new items due meanwhile. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final StateTable table;
    private final List<DueItemHandler> handlers;
    private final TickLease lease;
    private final TickRequests requests;
    private final Pause pause;
    private final Clock clock;
    private final PollSettings settings;

    Tick(
            StateTable table,
            @All List<DueItemHandler> handlers,
            TickLease lease,
            TickRequests requests,
            Pause pause,
            Clock clock,
            PollSettings settings) {
        this.table = table;
        this.handlers = List.copyOf(handlers);
        this.lease = lease;
        this.requests = requests;
        this.pause = pause;
        this.clock = clock;
        this.settings = settings;
    }

    /**
     * Handles what is due.
     *
     * @param deadline the tick ends before it
     * @return how many items were due at its begin
     */
    int run(Steps steps, Instant deadline) {
        NextDue next = next();
        if (next.isEmpty()) {
            return 0;
        }
        List<Item> due = due();
        if (next.wanted().isEmpty()) {
            handle(due, steps, deadline);
        } else if (lease.isHeld()) {
            steps.then("rounds", () -> rounds(due, steps, deadline));
            steps.then("end of the lease", lease::end);
        }
        return due.size();
    }

    private void rounds(List<Item> first, Steps steps, Instant deadline) {
        List<Item> due = first;
        while (true) {
            handle(due, steps, deadline);
            Optional<Instant> next = next().wanted();
            if (next.isEmpty() || !lease.isHeld()) {
                break;
            }
            if (!clock.instant().isBefore(deadline)) {
                requests.at(clock.instant(), "poll");
                break;
            }
            pause.await(until(next.get(), deadline));
            due = due();
        }
        handlers.forEach(handler -> handler.finish(deadline));
    }

    private void handle(List<Item> due, Steps steps, Instant deadline) {
        // Without due items no handler is initialised.
        if (!due.isEmpty()) {
            for (DueItemHandler handler : handlers) {
                steps.then(Steps.name(handler), () -> handler.handle(due, deadline));
            }
        }
    }

    private List<Item> due() {
        return table.due(clock.instant(), settings.maxItems());
    }

    /** Looks what becomes due before the next tick; wanted is that for which the tick goes on. */
    private NextDue next() {
        return settings.lookAhead().isZero()
                ? new NextDue(false, Optional.empty())
                : table.nextDue(clock.instant().plus(settings.lookAhead()), item -> handlers.stream()
                        .anyMatch(handler -> handler.keepsTicking(item)));
    }

    private Duration until(Instant next, Instant deadline) {
        Duration left = Duration.between(clock.instant(), next.isBefore(deadline) ? next : deadline);
        return left.compareTo(SHORTEST_PAUSE) < 0
                ? SHORTEST_PAUSE
                : left.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : left;
    }
}
