package sluice.upkeep.retention;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.Query;
import sluice.platform.state.StateTable;

/** Reports of sweeps in pages, newest first. */
@ApplicationScoped
public class SweepReports {

    private final StateTable table;
    private final ReportStore store;

    SweepReports(StateTable table, ReportStore store) {
        this.table = table;
        this.store = store;
    }

    /**
     * One page.
     *
     * @param next where to go on, or null at the end
     */
    public record Page(List<SweepReport> reports, String next) {
        public Page {
            reports = List.copyOf(reports);
        }
    }

    /**
     * Reads a page.
     *
     * @param datasource null for all datasources of the cluster
     * @param from the {@code next} of the page before, or null for the first
     */
    public Page page(String cluster, String datasource, int size, String from) {
        Key any = datasource == null ? Key.sweepOfCluster(cluster, "", "") : Key.sweepReport(cluster, datasource, "");
        // Times begin with a digit, and what follows the last digit follows all of them.
        String last = Key.REPORT_PREFIX + (from == null ? ":" : from);
        // The place to go on from is included, and one more tells whether there is more.
        int most = size + 2;
        Query query = Query.partition(any.pk())
                .between(Key.REPORT_PREFIX, last)
                .highestFirst()
                .limit(most);
        List<Item> items = table.first(query, most).stream()
                .filter(item -> from == null || !place(item).equals(from))
                .toList();
        List<SweepReport> reports = new ArrayList<>();
        items.stream()
                .limit(size)
                .forEach(item -> (datasource == null ? pointed(cluster, item) : Optional.of(store.report(item)))
                        .ifPresent(reports::add));
        return new Page(reports, items.size() > size ? place(items.get(size - 1)) : null);
    }

    /** An entry of the cluster's list points to the report; one may expire a moment before the other. */
    private Optional<SweepReport> pointed(String cluster, Item item) {
        String[] parts = place(item).split("#", 2);
        return store.find(cluster, parts[1], parts[0]);
    }

    private static String place(Item item) {
        return Key.of(item).sk().substring(Key.REPORT_PREFIX.length());
    }
}
