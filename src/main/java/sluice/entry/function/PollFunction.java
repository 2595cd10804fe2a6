package sluice.entry.function;

import io.quarkus.arc.All;
import io.quarkus.funqy.Funq;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import sluice.ingest.Steps;
import sluice.platform.druid.InvocationTime;
import sluice.platform.state.AfterTick;
import sluice.platform.state.PollSettings;

/** {@code poll}: takes the next step of every due item in the state table. A schedule and requests for a tick invoke it. */
public class PollFunction {

    private final Tick tick;
    private final List<AfterTick> afterTick;
    private final FirstTick firstTick;
    private final InvocationTime time;
    private final Clock clock;
    private final PollSettings settings;
    private final InvocationFrame frame;

    PollFunction(
            Tick tick,
            @All List<AfterTick> afterTick,
            FirstTick firstTick,
            InvocationTime time,
            Clock clock,
            PollSettings settings,
            InvocationFrame frame) {
        this.tick = tick;
        this.afterTick = List.copyOf(afterTick);
        this.firstTick = firstTick;
        this.time = time;
        this.clock = clock;
        this.settings = settings;
        this.frame = frame;
    }

    @Funq("poll")
    public Polled poll() {
        return frame.around(this::ticked);
    }

    private Polled ticked() {
        Instant deadline = clock.instant().plus(settings.timeLimit());
        time.endsAt(deadline);
        AtomicInteger due = new AtomicInteger();
        Steps steps = new Steps();
        steps.then("due items", () -> due.set(tick.run(steps, deadline)));
        if (firstTick.isOver()) {
            afterTick.forEach(work -> steps.then(Steps.name(work), work::afterTick));
        }
        steps.end();
        return new Polled(due.get());
    }
}
