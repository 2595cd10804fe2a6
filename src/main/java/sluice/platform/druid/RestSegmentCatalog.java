package sluice.platform.druid;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import sluice.core.batch.TimeChunk;

/** Inventory of segments, from {@code sys.segments} and the coordinator's HTTP API. */
final class RestSegmentCatalog implements SegmentCatalog {

    private final RestConnection connection;

    RestSegmentCatalog(RestConnection connection) {
        this.connection = connection;
    }

    @Override
    public Set<String> datasources() {
        Set<String> names = new TreeSet<>();
        connection
                .call("list datasources", () -> connection.coordinator().datasources("true"))
                .json()
                .forEach(name -> names.add(name.asText()));
        return names;
    }

    @Override
    public List<ChunkTotals> totals(
            String datasource, @Nullable TimeChunk span, @Nullable ChunkTotals after, int limit) {
        String start = after == null ? "" : DruidTime.format(after.start());
        String end = after == null ? "" : DruidTime.format(after.end());
        String version = after == null ? "" : after.version();
        SqlQuery query = SqlQuery.of("SELECT \"start\", \"end\", \"version\", COUNT(*) AS \"segments\","
                        + " SUM(\"num_rows\") AS \"rows\", SUM(\"size\") AS \"bytes\","
                        + " SUM(CASE WHEN \"is_available\" = 1 OR \"replication_factor\" = 0 THEN 1 ELSE 0 END) AS \"served\""
                        + " FROM sys.segments"
                        + " WHERE \"datasource\" = ? AND \"is_published\" = 1 AND \"is_overshadowed\" = 0"
                        + " AND (\"start\" > ? OR (\"start\" = ? AND (\"end\" > ? OR (\"end\" = ? AND \"version\" > ?))))"
                        + (span == null ? "" : " AND \"start\" < ? AND \"end\" > ?")
                        + " GROUP BY 1, 2, 3 ORDER BY 1, 2, 3 LIMIT " + limit)
                .withAll(List.of(datasource, start, start, end, end, version));
        SqlQuery complete =
                span == null ? query : query.with(DruidTime.format(span.end())).with(DruidTime.format(span.start()));
        return connection.query(complete).stream().map(ChunkTotals::of).toList();
    }

    @Override
    public List<UsedSegment> used(String datasource, Used which, @Nullable Instant until, String after, int limit) {
        SqlQuery query = SqlQuery.of("SELECT " + UsedSegment.COLUMNS + " FROM sys.segments WHERE \"datasource\" = ?"
                        + " AND \"is_published\" = 1" + condition(which) + " AND \"segment_id\" > ?"
                        + (until == null ? "" : " AND \"end\" <= ?") + " ORDER BY \"segment_id\" LIMIT " + limit)
                .withAll(List.of(datasource, after));
        SqlQuery complete = until == null ? query : query.with(DruidTime.format(until));
        return connection.query(complete).stream().map(UsedSegment::of).toList();
    }

    @Override
    public List<String> unusedButServed(String datasource, String after, int limit) {
        SqlQuery query = SqlQuery.of("SELECT \"segment_id\" FROM sys.segments WHERE \"datasource\" = ?"
                        + " AND \"is_published\" = 0 AND \"is_available\" = 1 AND \"is_realtime\" = 0"
                        + " AND \"segment_id\" > ? ORDER BY \"segment_id\" LIMIT " + limit)
                .withAll(List.of(datasource, after));
        return connection.query(query).stream()
                .map(row -> row.path("segment_id").asText())
                .toList();
    }

    @Override
    public List<UnusedSegment> unused(String datasource, @Nullable String interval, @Nullable String after, int limit) {
        String span = interval == null ? null : interval.replace('/', '_');
        List<UnusedSegment> segments = new ArrayList<>();
        connection
                .call(
                        "list unused segments",
                        () -> connection.coordinator().unusedSegments(datasource, span, limit, after, "ASC"))
                .json()
                .forEach(node -> segments.add(UnusedSegment.of(node)));
        return List.copyOf(segments);
    }

    private static String condition(Used which) {
        return switch (which) {
            case ALL -> "";
            case OVERSHADOWED -> " AND \"is_overshadowed\" = 1";
            case NOT_LOADED -> " AND \"is_overshadowed\" = 0 AND \"is_available\" = 0 AND \"replication_factor\" <> 0";
        };
    }
}
