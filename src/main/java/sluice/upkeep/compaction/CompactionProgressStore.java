package sluice.upkeep.compaction;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import sluice.platform.state.Condition;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.StateTable;

/** Stores the progress of automatic compaction at the last check, and when the next check is due. */
@ApplicationScoped
class CompactionProgressStore {

    private static final String WATCH = "compactionWatch";

    private final StateTable table;

    CompactionProgressStore(StateTable table) {
        this.table = table;
    }

    /** Puts the next check into the due index, unless one is there already. */
    void begin(Instant due) {
        table.putIf(watch(due), Condition.absent());
    }

    void next(Instant due) {
        table.put(watch(due));
    }

    static boolean isWatch(Item item) {
        return item.text(WATCH).isPresent();
    }

    Optional<CompactionProgress> find(String cluster, String datasource) {
        return table.get(Key.compactionProgress(cluster, datasource))
                .map(item -> new CompactionProgress(
                        item.number("awaiting", 0),
                        item.number("compacted", 0),
                        item.time("since").orElseThrow(),
                        item.number("alarmed", 0) == 1));
    }

    void write(String cluster, String datasource, CompactionProgress progress) {
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
