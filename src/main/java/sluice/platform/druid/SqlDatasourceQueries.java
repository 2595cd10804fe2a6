package sluice.platform.druid;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import sluice.core.batch.TimeChunk;

/** Queries of a datasource, by Druid SQL. */
final class SqlDatasourceQueries implements DatasourceQueries {

    private final RestConnection connection;

    SqlDatasourceQueries(RestConnection connection) {
        this.connection = connection;
    }

    @Override
    public SortedMap<String, String> columns(String datasource) {
        SqlQuery query = SqlQuery.of("SELECT \"COLUMN_NAME\", \"DATA_TYPE\" FROM INFORMATION_SCHEMA.COLUMNS"
                        + " WHERE \"TABLE_SCHEMA\" = 'druid' AND \"TABLE_NAME\" = ?")
                .with(datasource);
        SortedMap<String, String> types = new TreeMap<>();
        connection
                .query(query)
                .forEach(row -> types.put(
                        row.path("COLUMN_NAME").asText(), row.path("DATA_TYPE").asText()));
        return types;
    }

    @Override
    public RowTotals totals(String datasource, List<TimeChunk> chunks, Collection<String> summed) {
        List<String> columns = List.copyOf(summed);
        List<String> selected = new ArrayList<>(List.of("COUNT(*) AS \"stored\""));
        for (int index = 0; index < columns.size(); index++) {
            selected.add("SUM(" + SqlQuery.identifier(columns.get(index)) + ") AS \"sum" + index + "\"");
        }
        JsonNode row = connection
                .query(SqlQuery.of("SELECT " + String.join(", ", selected) + " FROM " + SqlQuery.identifier(datasource)
                        + " WHERE " + within(chunks)))
                .get(0);
        SortedMap<String, BigDecimal> sums = new TreeMap<>();
        for (int index = 0; index < columns.size(); index++) {
            sums.put(columns.get(index), row.path("sum" + index).decimalValue());
        }
        return new RowTotals(row.path("stored").asLong(), sums);
    }

    private static String within(List<TimeChunk> chunks) {
        return chunks.stream()
                .map(chunk -> "(\"__time\" >= MILLIS_TO_TIMESTAMP("
                        + chunk.start().toEpochMilli() + ") AND \"__time\" < MILLIS_TO_TIMESTAMP("
                        + chunk.end().toEpochMilli() + "))")
                .collect(Collectors.joining(" OR "));
    }
}
