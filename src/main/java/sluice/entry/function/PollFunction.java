package sluice.entry.function;

import io.quarkus.funqy.Funq;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import sluice.govern.settings.FileDefinitions;
import sluice.ingest.Steps;
import sluice.platform.druid.InvocationTime;
import sluice.platform.state.PollSettings;
import sluice.upkeep.compaction.CompactionWatch;

/** {@code poll}: takes the next step of every due item in the state table. A schedule and requests for a tick invoke it. */
public class PollFunction {

    private final Tick tick;
    private final FileDefinitions files;
    private final CompactionWatch compactionWatch;
    private final FirstTick firstTick;
    private final InvocationTime time;
    private final Clock clock;
    private final PollSettings settings;

    PollFunction(
            Tick tick,
            FileDefinitions files,
            CompactionWatch compactionWatch,
            FirstTick firstTick,
            InvocationTime time,
            Clock clock,
            PollSettings settings) {
        this.tick = tick;
        this.files = files;
        this.compactionWatch = compactionWatch;
        this.firstTick = firstTick;
        this.time = time;
        this.clock = clock;
        this.settings = settings;
    }

    @Funq("poll")
    public Polled poll() {
        Instant deadline = clock.instant().plus(settings.timeLimit());
        time.endsAt(deadline);
        AtomicInteger due = new AtomicInteger();
        Steps steps = new Steps();
        steps.then("due items", () -> due.set(tick.run(steps, deadline)));
        if (firstTick.isOver()) {
            steps.then("definitions in files", files::notice)
                    .then("begin of the watch on compaction", compactionWatch::begin);
        }
        steps.end();
        return new Polled(due.get());
    }
}
