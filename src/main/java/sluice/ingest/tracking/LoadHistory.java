package sluice.ingest.tracking;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import sluice.core.batch.Feed;
import sluice.core.spec.SpecHints.History;
import sluice.ingest.run.Counts;
import sluice.ingest.run.Plan;
import sluice.ingest.run.Run;
import sluice.platform.state.Changes;
import sluice.platform.state.Condition;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.StateTable;

/** Sums what the runs of a datasource read and stored. Later runs size their segments by it. */
@ApplicationScoped
public class LoadHistory {

    private static final String INPUT_BYTES = "inputBytes";
    private static final String ROWS_READ = "rowsRead";
    private static final String ROWS_STORED = "rowsStored";
    private static final String SEGMENT_BYTES = "segmentBytes";
    private static final String GRANULARITY = "rolledUpTo";
    /** Stands for no rollup. */
    private static final String NONE = "-";

    private final StateTable table;

    LoadHistory(StateTable table) {
        this.table = table;
    }

    /** Returns the sums; empty if no run of the datasource was added. */
    public Optional<History> find(Feed feed) {
        return table.get(Key.history(feed))
                .map(item -> new History(
                        item.number(INPUT_BYTES, 0),
                        item.number(ROWS_READ, 0),
                        item.number(ROWS_STORED, 0),
                        item.number(SEGMENT_BYTES, 0),
                        item.text(GRANULARITY)
                                .filter(granularity -> !granularity.equals(NONE))
                                .orElse(null)));
    }

    /**
     * Adds an available run, unless it stored nothing. If the granularity of the rollup has changed, the sums begin anew.
     */
    void add(Run run, Plan plan, Counts counts) {
        Long read = counts.read();
        Long rows = counts.rows();
        Long bytes = counts.bytes();
        if (read == null || read == 0 || rows == null || rows == 0 || bytes == null || bytes == 0) {
            return;
        }
        Key key = Key.history(run.feed());
        String granularity = plan.rolledUpTo().orElse(NONE);
        boolean added = table.updateIf(
                        key,
                        Changes.NONE
                                .set(GRANULARITY, granularity)
                                .add(INPUT_BYTES, plan.inputBytes())
                                .add(ROWS_READ, read)
                                .add(ROWS_STORED, rows)
                                .add(SEGMENT_BYTES, bytes),
                        Condition.lacks(GRANULARITY).or(Condition.equal(GRANULARITY, granularity)))
                .isPresent();
        if (!added) {
            table.put(Item.at(key)
                    .with(GRANULARITY, granularity)
                    .with(INPUT_BYTES, plan.inputBytes())
                    .with(ROWS_READ, read)
                    .with(ROWS_STORED, rows)
                    .with(SEGMENT_BYTES, bytes));
        }
    }
}
