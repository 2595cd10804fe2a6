package sluice.platform.druid;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import sluice.core.batch.TimeChunk;
import sluice.core.spec.SegmentTarget;

/**
 * {@code sys.segments}, by Druid SQL. Druid writes the times of segments in a fixed format, so their text order is their
 * time order.
 */
final class SqlServedSegments implements ServedSegments {

    private static final String ACTIVE = " FROM sys.segments WHERE \"datasource\" = ? AND \"is_active\" = 1";
    private static final String HOLDINGS =
            "SELECT \"start\", \"end\", COUNT(*) AS \"segments\", SUM(\"num_rows\") AS \"stored\","
                    + " SUM(\"size\") AS \"bytes\"" + ACTIVE + " AND \"is_published\" = 1";
    private static final String NEWEST_CHUNKS = " GROUP BY \"start\", \"end\" ORDER BY \"start\" DESC LIMIT ";

    private final RestConnection connection;

    SqlServedSegments(RestConnection connection) {
        this.connection = connection;
    }

    @Override
    public Map<String, SegmentState> states(String datasource, Collection<String> segmentIds) {
        Map<String, SegmentState> states = new HashMap<>();
        RestConnection.inPages(segmentIds, page -> {
            SqlQuery query = SqlQuery.of("SELECT " + SegmentState.COLUMNS
                            + " FROM sys.segments WHERE \"datasource\" = ? AND \"segment_id\" IN "
                            + SqlQuery.places(page.size()))
                    .with(datasource)
                    .withAll(page);
            connection
                    .query(query)
                    .forEach(row -> states.put(row.path("segment_id").asText(), SegmentState.of(row)));
        });
        return Map.copyOf(states);
    }

    @Override
    public Set<String> published(String datasource, Collection<String> segmentIds) {
        Set<String> published = new HashSet<>();
        RestConnection.inPages(segmentIds, page -> {
            SqlQuery query = SqlQuery.of("SELECT \"segment_id\" FROM sys.segments WHERE \"datasource\" = ?"
                            + " AND \"is_published\" = 1 AND \"segment_id\" IN " + SqlQuery.places(page.size()))
                    .with(datasource)
                    .withAll(page);
            connection
                    .query(query)
                    .forEach(row -> published.add(row.path("segment_id").asText()));
        });
        return Set.copyOf(published);
    }

    @Override
    public boolean anyActive(String datasource) {
        return !connection
                .query(SqlQuery.of("SELECT \"segment_id\"" + ACTIVE + " LIMIT 1")
                        .with(datasource))
                .isEmpty();
    }

    @Override
    public List<ActiveSegment> active(String datasource) {
        return connection
                .query(SqlQuery.of("SELECT \"segment_id\", \"num_rows\"" + ACTIVE)
                        .with(datasource))
                .stream()
                .flatMap(row -> SegmentId.of(datasource, row.path("segment_id").asText()).stream()
                        .map(id -> new ActiveSegment(
                                id.start(), id.end(), row.path("num_rows").asLong())))
                .toList();
    }

    @Override
    public List<ChunkSegment> within(String datasource, TimeChunk chunk) {
        SqlQuery query = SqlQuery.of("SELECT " + ChunkSegment.COLUMNS + ACTIVE + " AND \"start\" < ? AND \"end\" > ?")
                .with(datasource)
                .with(DruidTime.format(chunk.end()))
                .with(DruidTime.format(chunk.start()));
        return connection.query(query).stream().map(ChunkSegment::of).toList();
    }

    @Override
    public List<WrittenSegment> written(String datasource, TimeChunk span) {
        SqlQuery query = SqlQuery.of("SELECT " + WrittenSegment.COLUMNS + ACTIVE + " AND \"start\" < ? AND \"end\" > ?")
                .with(datasource)
                .with(DruidTime.format(span.end()))
                .with(DruidTime.format(span.start()));
        return connection.query(query).stream().map(WrittenSegment::of).toList();
    }

    @Override
    public Optional<Instant> latestEnd(String datasource) {
        // Druid 33 cannot compute MAX of a text in a system table.
        SqlQuery query = SqlQuery.of("SELECT \"end\" AS \"latest\"" + ACTIVE + " ORDER BY \"end\" DESC LIMIT 1")
                .with(datasource);
        return connection.query(query).stream()
                .map(row -> row.path("latest").asText(null))
                .filter(Objects::nonNull)
                .map(DruidTime::parse)
                .findFirst();
    }

    @Override
    public List<ChunkSize> sizes(String datasource, SegmentTarget target, int limit) {
        SqlQuery query = SqlQuery.of("SELECT \"start\", \"end\", COUNT(*) AS \"segments\","
                        + " SUM(CASE WHEN \"num_rows\" < " + target.smallRows() + " AND \"size\" < "
                        + target.leastBytes() + " THEN 1 ELSE 0 END) AS \"small\", SUM(\"num_rows\") AS \"stored\","
                        + " SUM(\"size\") AS \"bytes\"" + ACTIVE + " AND \"is_published\" = 1" + NEWEST_CHUNKS + limit)
                .with(datasource);
        return connection.query(query).stream().map(ChunkSize::of).toList();
    }

    @Override
    public List<ChunkHolding> holdings(String datasource, int limit) {
        return holdings(SqlQuery.of(HOLDINGS + NEWEST_CHUNKS + limit).with(datasource));
    }

    @Override
    public List<ChunkHolding> holdings(String datasource, TimeChunk span, int limit) {
        return holdings(SqlQuery.of(HOLDINGS + " AND \"start\" >= ? AND \"end\" <= ?" + NEWEST_CHUNKS + limit)
                .with(datasource)
                .with(DruidTime.format(span.start()))
                .with(DruidTime.format(span.end())));
    }

    private List<ChunkHolding> holdings(SqlQuery query) {
        List<JsonNode> rows = connection.query(query);
        return rows.stream().map(ChunkHolding::of).toList();
    }
}
