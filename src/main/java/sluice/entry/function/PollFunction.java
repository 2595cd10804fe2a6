package sluice.entry.function;

import io.quarkus.arc.All;
import io.quarkus.funqy.Funq;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import sluice.govern.settings.FileDefinitions;
import sluice.ingest.Steps;
import sluice.platform.state.DueItemHandler;
import sluice.platform.state.Item;
import sluice.platform.state.PollSettings;
import sluice.platform.state.StateTable;
import sluice.upkeep.compaction.CompactionWatch;

/** {@code poll}: takes the next step of every due item in the state table, once per tick of the schedule. */
public class PollFunction {

    private final StateTable table;
    private final List<DueItemHandler> handlers;
    private final FileDefinitions files;
    private final CompactionWatch compactionWatch;
    private final FirstTick firstTick;
    private final Clock clock;
    private final PollSettings settings;

    PollFunction(
            StateTable table,
            @All List<DueItemHandler> handlers,
            FileDefinitions files,
            CompactionWatch compactionWatch,
            FirstTick firstTick,
            Clock clock,
            PollSettings settings) {
        this.table = table;
        this.handlers = List.copyOf(handlers);
        this.files = files;
        this.compactionWatch = compactionWatch;
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
        // Without due items no handler is initialised.
        if (!due.isEmpty()) {
            for (DueItemHandler handler : handlers) {
                steps.then(Steps.name(handler), () -> handler.handle(due, deadline));
            }
        }
        if (firstTick.isOver()) {
            steps.then("definitions in files", files::notice)
                    .then("begin of the watch on compaction", compactionWatch::begin);
        }
        steps.end();
        return new Polled(due.size());
    }
}
