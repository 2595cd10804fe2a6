package sluice.entry.function;

import io.quarkus.funqy.Funq;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import sluice.govern.rollback.Rollbacks;
import sluice.govern.settings.FileDefinitions;
import sluice.govern.settings.Reconciliations;
import sluice.ingest.intake.Intake;
import sluice.ingest.tracking.RunFollower;
import sluice.platform.state.Item;
import sluice.platform.state.Outbox;
import sluice.platform.state.PollSettings;
import sluice.platform.state.StateTable;
import sluice.upkeep.compaction.CompactionWatch;
import sluice.upkeep.compaction.Compactor;

/** The schedule's tick: everything in the state table that is due gets its next look. */
public class PollFunction {

    private final StateTable table;
    private final RunFollower runs;
    private final Intake intake;
    private final Rollbacks rollbacks;
    private final Compactor compactor;
    private final CompactionWatch compactionWatch;
    private final FileDefinitions files;
    private final Reconciliations alignments;
    private final Outbox outbox;
    private final FirstTick firstTick;
    private final Clock clock;
    private final PollSettings settings;

    PollFunction(
            StateTable table,
            RunFollower runs,
            Intake intake,
            Rollbacks rollbacks,
            Compactor compactor,
            CompactionWatch compactionWatch,
            FileDefinitions files,
            Reconciliations alignments,
            Outbox outbox,
            FirstTick firstTick,
            Clock clock,
            PollSettings settings) {
        this.table = table;
        this.runs = runs;
        this.intake = intake;
        this.rollbacks = rollbacks;
        this.compactor = compactor;
        this.compactionWatch = compactionWatch;
        this.files = files;
        this.alignments = alignments;
        this.outbox = outbox;
        this.firstTick = firstTick;
        this.clock = clock;
        this.settings = settings;
    }

    @Funq("poll")
    public Polled poll() {
        Instant begun = clock.instant();
        Instant deadline = begun.plus(settings.timeLimit());
        List<Item> due = new ArrayList<>();
        Steps steps = new Steps().then("due items", () -> due.addAll(table.due(begun, settings.maxItems())));
        // Nothing is made ready for a look that has nothing to look at.
        if (!due.isEmpty()) {
            steps.then("waiting files", () -> intake.wake(due))
                    .then("runs", () -> runs.follow(due, deadline))
                    .then("rollbacks", () -> rollbacks.follow(due))
                    .then("compactions", () -> compactor.wake(due, deadline))
                    .then("watch on compaction", () -> compactionWatch.follow(due))
                    .then("settings", () -> alignments.follow(due, deadline))
                    .then("outbox", () -> outbox.flush(due));
        }
        if (firstTick.isOver()) {
            steps.then("definitions in files", files::notice)
                    .then("begin of the watch on compaction", compactionWatch::begin);
        }
        steps.end();
        return new Polled(due.size());
    }
}
