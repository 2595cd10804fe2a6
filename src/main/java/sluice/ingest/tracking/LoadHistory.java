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

/** What the runs of a datasource read and stored, summed: from it later runs size their segments. */
@ApplicationScoped
public class LoadHistory {

    private static final String INPUT_BYTES = "inputBytes";
    private static final String ROWS_READ = "rowsRead";
    private static final String ROWS_STORED = "rowsStored";
    private static final String SEGMENT_BYTES = "segmentBytes";
    private static final String GRANULARITY = "rolledUpTo";
    /** Stands for rows that were not rolled up. */
    private static final String NONE = "-";

    private final StateTable table;

    LoadHistory(StateTable table) {
        this.table = table;
    }

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
     * Adds a run that has become available; one that stored nothing tells nothing. Sums begin anew when the granularity
     * that rows are rolled up to changes.
     */
    void add(Run run, Plan plan, Counts counts) {
        if (counts.read() == null || counts.read() == 0 || counts.rows() == 0 || counts.bytes() == 0) {
            return;
        }
        Key key = Key.history(run.feed());
        String granularity = plan.rolledUpTo().orElse(NONE);
        boolean added = table.updateIf(
                        key,
                        Changes.NONE
                                .set(GRANULARITY, granularity)
                                .add(INPUT_BYTES, plan.inputBytes())
                                .add(ROWS_READ, counts.read())
                                .add(ROWS_STORED, counts.rows())
                                .add(SEGMENT_BYTES, counts.bytes()),
                        Condition.lacks(GRANULARITY).or(Condition.equal(GRANULARITY, granularity)))
                .isPresent();
        if (!added) {
            table.put(Item.at(key)
                    .with(GRANULARITY, granularity)
                    .with(INPUT_BYTES, plan.inputBytes())
                    .with(ROWS_READ, counts.read())
                    .with(ROWS_STORED, counts.rows())
                    .with(SEGMENT_BYTES, counts.bytes()));
        }
    }
}
