package sluice.upkeep.retention;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.Query;
import sluice.platform.state.StateTable;

/** Lists reports of sweeps in pages, the newest first. */
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
     * @param next where the next page begins; null on the last page
     */
    public record Page(List<SweepReport> reports, @Nullable String next) {
        public Page {
            reports = List.copyOf(reports);
        }
    }

    /**
     * Returns a page.
     *
     * @param datasource null for all datasources of the cluster
     * @param from the {@code next} of the page before; null for the first page
     */
    public Page page(String cluster, @Nullable String datasource, int size, @Nullable String from) {
        Key any = datasource == null ? Key.sweepOfCluster(cluster, "", "") : Key.sweepReport(cluster, datasource, "");
        // Ids begin with a digit, and a colon sorts after all digits.
        String last = Key.REPORT_PREFIX + (from == null ? ":" : from);
        // The query includes the position that it continues from; one item more shows whether there is a next page.
        int most = size + 2;
        Query query = Query.partition(any.pk())
                .between(Key.REPORT_PREFIX, last)
                .highestFirst()
                .limit(most);
        List<Item> items = table.first(query, most).stream()
                .filter(item -> from == null || !position(item).equals(from))
                .toList();
        List<SweepReport> reports = new ArrayList<>();
        items.stream()
                .limit(size)
                .forEach(item -> (datasource == null ? reportOf(cluster, item) : Optional.of(store.report(item)))
                        .ifPresent(reports::add));
        return new Page(reports, items.size() > size ? position(items.get(size - 1)) : null);
    }

    /** Follows an entry of the cluster's list to its report. Either may expire a moment before the other. */
    private Optional<SweepReport> reportOf(String cluster, Item item) {
        String[] parts = position(item).split("#", 2);
        return store.find(cluster, parts[1], parts[0]);
    }

    private static String position(Item item) {
        return Key.of(item).sk().substring(Key.REPORT_PREFIX.length());
    }
}
