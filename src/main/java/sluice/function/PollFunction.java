package sluice.function;

import io.quarkus.funqy.Funq;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import sluice.compaction.CompactionWatch;
import sluice.compaction.Compactor;
import sluice.intake.Intake;
import sluice.rollback.Rollbacks;
import sluice.run.RunFollower;
import sluice.settings.Alignments;
import sluice.settings.FileDefinitions;
import sluice.state.Item;
import sluice.state.Outbox;
import sluice.state.StateTable;

/** The schedule's tick: everything in the state table that is due gets its next look. */
public class PollFunction {

    private static final Logger LOG = Logger.getLogger(PollFunction.class);

    private final StateTable table;
    private final RunFollower runs;
    private final Intake intake;
    private final Rollbacks rollbacks;
    private final Compactor compactor;
    private final CompactionWatch compactionWatch;
    private final FileDefinitions files;
    private final Alignments alignments;
    private final Outbox outbox;
    private final Clock clock;
    private final int mostPerShard;
    private final Duration timeLimit;

    PollFunction(
            StateTable table,
            RunFollower runs,
            Intake intake,
            Rollbacks rollbacks,
            Compactor compactor,
            CompactionWatch compactionWatch,
            FileDefinitions files,
            Alignments alignments,
            Outbox outbox,
            Clock clock,
            @ConfigProperty(name = "sluice.poll.most-per-shard", defaultValue = "4000") int mostPerShard,
            @ConfigProperty(name = "sluice.poll.time-limit", defaultValue = "PT45S") Duration timeLimit) {
        this.table = table;
        this.runs = runs;
        this.intake = intake;
        this.rollbacks = rollbacks;
        this.compactor = compactor;
        this.compactionWatch = compactionWatch;
        this.files = files;
        this.alignments = alignments;
        this.outbox = outbox;
        this.clock = clock;
        this.mostPerShard = mostPerShard;
        this.timeLimit = timeLimit;
    }

    @Funq("poll")
    public Polled poll() {
        Instant begun = clock.instant();
        try {
            List<Item> due = table.due(begun, mostPerShard);
            intake.wake(due);
            runs.follow(due, begun.plus(timeLimit));
            rollbacks.follow(due);
            compactor.wake(due, begun.plus(timeLimit));
            compactionWatch.follow(due);
            files.notice();
            alignments.follow(due, begun.plus(timeLimit));
            outbox.flush(due);
            return new Polled(due.size());
        } catch (RuntimeException exception) {
            // Funqy's answer to Lambda has no stack; the next tick does what this one left.
            LOG.error("Tick failed", exception);
            throw exception;
        }
    }
}
