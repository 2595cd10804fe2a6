package sluice.simulation.druid;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import sluice.core.batch.TimeChunk;
import sluice.platform.druid.DatasourceQueries;
import sluice.platform.druid.DruidException;
import sluice.platform.druid.RowTotals;

/** Queries over what data servers have loaded. Every numeric column is 1 in each row that was read. */
final class QueryService implements DatasourceQueries {

    private final Calls calls;
    private final SegmentStore store;
    private final String cluster;

    QueryService(Calls calls, SegmentStore store, String cluster) {
        this.calls = calls;
        this.store = store;
        this.cluster = cluster;
    }

    @Override
    public SortedMap<String, String> columns(String datasource) {
        return calls.call(DruidCall.COLUMNS, datasource, () -> {
            SortedMap<String, String> columns = new TreeMap<>();
            store.served(datasource).forEach(segment -> columns.putAll(segment.columns()));
            return columns;
        });
    }

    @Override
    public RowTotals totals(String datasource, List<TimeChunk> chunks, Collection<String> summed) {
        return calls.call(DruidCall.ROW_TOTALS, datasource, () -> {
            List<StoredSegment> served = store.served(datasource);
            if (served.isEmpty()) {
                throw new DruidException(
                        DruidException.Code.REFUSED, cluster, "SQL: HTTP 400: Object '" + datasource + "' not found");
            }
            List<StoredRows> rows = new Timeline(served)
                    .visibleRows().stream()
                            .filter(some -> chunks.stream().anyMatch(chunk -> Timeline.contains(chunk, some.time())))
                            .toList();
            BigDecimal read =
                    BigDecimal.valueOf(rows.stream().mapToLong(StoredRows::read).sum());
            SortedMap<String, BigDecimal> sums = new TreeMap<>();
            summed.forEach(column -> sums.put(column, read));
            return new RowTotals(rows.stream().mapToLong(StoredRows::stored).sum(), sums);
        });
    }
}
