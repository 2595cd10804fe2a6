package sluice.platform.druid;

import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import sluice.core.batch.TimeChunk;

/** Queries of a datasource by Druid SQL. */
public interface DatasourceQueries {

    /** Druid SQL's type of each column, {@code __time} included, by name; empty for an unknown datasource. */
    SortedMap<String, String> columns(String datasource);

    /**
     * Counts the rows of time chunks that queries see.
     *
     * @param summed names of numeric columns to sum up
     * @throws DruidException {@code REFUSED} for an unknown datasource or column
     */
    RowTotals totals(String datasource, List<TimeChunk> chunks, Collection<String> summed);
}
