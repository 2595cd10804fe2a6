package sluice.platform.druid;

import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import sluice.core.batch.TimeChunk;

/** Questions about a datasource that Druid SQL answers from the data itself. */
public interface DatasourceQueries {

    /** Druid SQL's type of each column, {@code __time} included, by name; empty for an unknown datasource. */
    SortedMap<String, String> columns(String datasource);

    /**
     * Counts the rows that queries see in time chunks.
     *
     * @param summed names of numeric columns to sum up as well
     * @throws DruidException {@code REFUSED} for an unknown datasource or column
     */
    RowTotals totals(String datasource, List<TimeChunk> chunks, Collection<String> summed);
}
