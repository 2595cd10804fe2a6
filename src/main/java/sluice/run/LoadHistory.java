package sluice.run;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import sluice.spec.SpecHints.History;
import sluice.state.Item;
import sluice.state.Key;
import sluice.state.StateTable;

/** What the runs of a datasource read and stored, summed: from it later runs size their segments. */
@ApplicationScoped
public class LoadHistory {

    private static final String INPUT_BYTES = "inputBytes";
    private static final String ROWS_READ = "rowsRead";
    private static final String ROWS_STORED = "rowsStored";
    private static final String SEGMENT_BYTES = "segmentBytes";

    private final StateTable table;

    LoadHistory(StateTable table) {
        this.table = table;
    }

    public Optional<History> find(String cluster, String datasource) {
        return table.get(Key.history(cluster, datasource))
                .map(item -> new History(
                        item.number(INPUT_BYTES, 0),
                        item.number(ROWS_READ, 0),
                        item.number(ROWS_STORED, 0),
                        item.number(SEGMENT_BYTES, 0)));
    }

    /** Adds a run that has become available; one that stored nothing tells nothing. */
    void add(Run run, long inputBytes, Counts counts) {
        if (counts.read() == null || counts.read() == 0 || counts.rows() == 0 || counts.bytes() == 0) {
            return;
        }
        table.add(
                Key.history(run.cluster(), run.datasource()),
                Item.values()
                        .with(INPUT_BYTES, inputBytes)
                        .with(ROWS_READ, counts.read())
                        .with(ROWS_STORED, counts.rows())
                        .with(SEGMENT_BYTES, counts.bytes()));
    }
}
