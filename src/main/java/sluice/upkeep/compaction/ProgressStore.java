package sluice.upkeep.compaction;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import sluice.platform.state.Condition;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.StateTable;

/** The progress of automatic compaction at the last look, and when the next look is due. */
@ApplicationScoped
class ProgressStore {

    private static final String WATCH = "compactionWatch";

    private final StateTable table;

    ProgressStore(StateTable table) {
        this.table = table;
    }

    /** Makes sure that the next look is in the due index; one that stands there already stays. */
    void begin(Instant due) {
        table.putIf(watch(due), Condition.absent());
    }

    void next(Instant due) {
        table.put(watch(due));
    }

    static boolean isWatch(Item item) {
        return item.text(WATCH).isPresent();
    }

    Optional<Progress> find(String cluster, String datasource) {
        return table.get(Key.compactionProgress(cluster, datasource))
                .map(item -> new Progress(
                        item.number("awaiting", 0),
                        item.number("compacted", 0),
                        item.time("since").orElseThrow(),
                        item.number("alarmed", 0) == 1));
    }

    void write(String cluster, String datasource, Progress progress) {
        table.put(Item.at(Key.compactionProgress(cluster, datasource))
                .with("awaiting", progress.awaiting())
                .with("compacted", progress.compacted())
                .with("since", progress.since())
                .with("alarmed", progress.alarmed() ? 1 : 0));
    }

    private static Item watch(Instant due) {
        return Item.at(Key.compactionWatch()).with(WATCH, "all").due(WATCH, due);
    }
}
