package sluice.entry.function;

import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import sluice.ingest.Steps;
import sluice.platform.state.DueItemHandler;
import sluice.platform.state.Item;
import sluice.platform.state.Pause;
import sluice.platform.state.PollSettings;
import sluice.platform.state.StateTable;
import sluice.platform.state.TickLease;
import sluice.platform.state.TickRequests;

/**
 * Takes the next step of every due item, and goes on while something becomes due before the schedule's next tick. So a run is
 * checked at its own pace and not once a minute. A tick without due items costs one read.
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
        List<Item> items = read();
        int due = due(items).size();
        if (!goesOn(items)) {
            handle(due(items), steps, deadline);
        } else if (lease.isHeld()) {
            steps.then("rounds", () -> rounds(items, steps, deadline));
            steps.then("end of the lease", lease::end);
        }
        return due;
    }

    private void rounds(List<Item> first, Steps steps, Instant deadline) {
        List<Item> items = first;
        while (true) {
            handle(due(items), steps, deadline);
            items = read();
            if (!goesOn(items) || !lease.isHeld()) {
                break;
            }
            if (!clock.instant().isBefore(deadline)) {
                requests.at(clock.instant(), "poll");
                break;
            }
            pause.await(untilNext(items, deadline));
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

    private List<Item> read() {
        return table.due(clock.instant().plus(settings.lookAhead()), settings.maxItems());
    }

    private List<Item> due(List<Item> items) {
        Instant now = clock.instant();
        return items.stream().filter(item -> !dueAt(item).isAfter(now)).toList();
    }

    private boolean goesOn(List<Item> items) {
        return !settings.lookAhead().isZero()
                && items.stream().anyMatch(item -> handlers.stream().anyMatch(handler -> handler.keepsTicking(item)));
    }

    private Duration untilNext(List<Item> items, Instant deadline) {
        Instant now = clock.instant();
        Instant next = items.stream().map(Tick::dueAt).min(Instant::compareTo).orElse(now);
        Duration left = Duration.between(now, next.isBefore(deadline) ? next : deadline);
        return left.compareTo(SHORTEST_PAUSE) < 0
                ? SHORTEST_PAUSE
                : left.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : left;
    }

    private static Instant dueAt(Item item) {
        return item.time(StateTable.DUE_AT).orElse(Instant.EPOCH);
    }
}
