package sluice.upkeep.compaction;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.RecurringItem;
import sluice.platform.state.StateTable;

/** Stores the progress of automatic compaction at the last check, and when the next check is due. */
@ApplicationScoped
class CompactionProgressStore {

    private final StateTable table;
    private final RecurringItem watch;

    CompactionProgressStore(StateTable table) {
        this.table = table;
        this.watch = new RecurringItem(table, Key.compactionWatch(), "compactionWatch");
    }

    /** Says when the next check is due. */
    RecurringItem watch() {
        return watch;
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
}
