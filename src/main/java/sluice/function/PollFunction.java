package sluice.function;

import io.quarkus.funqy.Funq;
import java.time.Clock;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import sluice.intake.Intake;
import sluice.run.RunFollower;
import sluice.state.Item;
import sluice.state.StateTable;

/** The schedule's tick: everything in the state table that is due gets its next look. */
public class PollFunction {

    private final StateTable table;
    private final RunFollower runs;
    private final Intake intake;
    private final Clock clock;
    private final int mostPerShard;

    PollFunction(
            StateTable table,
            RunFollower runs,
            Intake intake,
            Clock clock,
            @ConfigProperty(name = "sluice.poll.most-per-shard", defaultValue = "1000") int mostPerShard) {
        this.table = table;
        this.runs = runs;
        this.intake = intake;
        this.clock = clock;
        this.mostPerShard = mostPerShard;
    }

    @Funq("poll")
    public Polled poll() {
        List<Item> due = table.due(clock.instant(), mostPerShard);
        intake.wake(due);
        runs.follow(due);
        return new Polled(due.size());
    }
}
