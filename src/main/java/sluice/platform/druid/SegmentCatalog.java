package sluice.platform.druid;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * What a cluster has of segments, read in pages, one datasource at a time: a broker looks at all of its segments for
 * every query of {@code sys.segments}, so pages are few and large, and rows that nobody needs are left there
 * (apache/druid #16392).
 */
public final class SegmentCatalog {

    private static final String COORDINATOR_KILL = "druid.coordinator.kill.on";
    /** Later versions of Druid have a killer inside the overlord too. */
    private static final String OVERLORD_KILL = "druid.manager.segments.killUnused.enabled";

    private final DruidCluster cluster;
    private final ClusterApis apis;

    SegmentCatalog(DruidCluster cluster, ClusterApis apis) {
        this.cluster = cluster;
        this.apis = apis;
    }

    /** Which used segments to list. */
    public enum Used {
        /** All of them. */
        ALL(""),
        /** Those that a newer version hides. */
        OVERSHADOWED(" AND \"is_overshadowed\" = 1"),
        /** Those that the rules want on data servers and that none has. */
        NOT_LOADED(" AND \"is_overshadowed\" = 0 AND \"is_available\" = 0 AND \"replication_factor\" <> 0");

        private final String condition;

        Used(String condition) {
            this.condition = condition;
        }
    }

    /** Names of the datasources that have segments, used or unused. */
    public Set<String> datasources() {
        Set<String> names = new TreeSet<>();
        cluster.call("list datasources", () -> apis.coordinator().datasources("true"))
                .json()
                .forEach(name -> names.add(name.asText()));
        return names;
    }

    /**
     * A page of what is used and not overshadowed, by time chunk.
     *
     * @param after the last of the page before, or null for the first
     */
    public List<ChunkTotals> totals(String datasource, ChunkTotals after, int limit) {
        String start = after == null ? "" : DruidTime.format(after.start());
        String end = after == null ? "" : DruidTime.format(after.end());
        String version = after == null ? "" : after.version();
        SqlQuery query = SqlQuery.of("SELECT \"start\", \"end\", \"version\", COUNT(*) AS \"segments\","
                        + " SUM(\"num_rows\") AS \"rows\", SUM(\"size\") AS \"bytes\" FROM sys.segments"
                        + " WHERE \"datasource\" = ? AND \"is_published\" = 1 AND \"is_overshadowed\" = 0"
                        + " AND (\"start\" > ? OR (\"start\" = ? AND (\"end\" > ? OR (\"end\" = ? AND \"version\" > ?))))"
                        + " GROUP BY 1, 2, 3 ORDER BY 1, 2, 3 LIMIT " + limit)
                .withAll(List.of(datasource, start, start, end, end, version));
        return cluster.query(query).stream().map(ChunkTotals::of).toList();
    }

    /**
     * A page of used segments whose time chunk has ended by a time, in the order of their ids. Druid compares texts, so a
     * chunk without bounds, whose year has nine digits, may be among them.
     *
     * @param until null for any end
     * @param after id of the last of the page before, or empty for the first
     */
    public List<UsedSegment> used(String datasource, Used which, Instant until, String after, int limit) {
        SqlQuery query = SqlQuery.of("SELECT " + UsedSegment.COLUMNS + " FROM sys.segments WHERE \"datasource\" = ?"
                        + " AND \"is_published\" = 1" + which.condition + " AND \"segment_id\" > ?"
                        + (until == null ? "" : " AND \"end\" <= ?") + " ORDER BY \"segment_id\" LIMIT " + limit)
                .withAll(List.of(datasource, after));
        SqlQuery complete = until == null ? query : query.with(DruidTime.format(until));
        return cluster.query(complete).stream().map(UsedSegment::of).toList();
    }

    /** Ids of segments that data servers still have though they are marked unused (apache/druid #18418, #11318). */
    public Set<String> unusedButServed(String datasource, int limit) {
        SqlQuery query = SqlQuery.of("SELECT \"segment_id\" FROM sys.segments WHERE \"datasource\" = ?"
                        + " AND \"is_published\" = 0 AND \"is_available\" = 1 AND \"is_realtime\" = 0 LIMIT " + limit)
                .with(datasource);
        Set<String> ids = new TreeSet<>();
        cluster.query(query).forEach(row -> ids.add(row.path("segment_id").asText()));
        return ids;
    }

    /**
     * A page of unused segments, from the metadata store, in the order of their ids.
     *
     * @param interval what they have to lie in, {@code <start>/<end>}, or null for anywhere
     * @param after id of the last of the page before, or null for the first
     */
    public List<UnusedSegment> unused(String datasource, String interval, String after, int limit) {
        String span = interval == null ? null : interval.replace('/', '_');
        List<UnusedSegment> segments = new ArrayList<>();
        cluster.call("list unused segments", () -> apis.coordinator()
                        .unusedSegments(datasource, span, limit, after, "ASC"))
                .json()
                .forEach(node -> segments.add(UnusedSegment.of(node)));
        return List.copyOf(segments);
    }

    /** The locks that running tasks hold on a datasource, whatever their priority. */
    public List<TaskLock> locks(String datasource) {
        String filter = JsonNodeFactory.instance
                .arrayNode()
                .add(JsonNodeFactory.instance
                        .objectNode()
                        .put("datasource", datasource)
                        .put("priority", 0))
                .toString();
        List<TaskLock> locks = new ArrayList<>();
        cluster.call("list locks", () -> apis.overlord().activeLocks(filter))
                .json()
                .path("datasourceToLocks")
                .path(datasource)
                .forEach(lock -> locks.add(TaskLock.of(lock)));
        return List.copyOf(locks);
    }

    /** The rules that the coordinator applies to a datasource, in their order: its own, then the cluster's. */
    public List<JsonNode> effectiveRules(String datasource) {
        List<JsonNode> rules = new ArrayList<>();
        cluster.call("read rules", () -> apis.coordinator().rules(datasource, "true"))
                .json()
                .forEach(rules::add);
        return List.copyOf(rules);
    }

    /** How many segments a kill task says it has removed; empty where Druid keeps no report of it. */
    public OptionalInt segmentsKilled(String taskId) {
        return cluster.found("read task report", () -> apis.overlord().reports(taskId))
                .map(report -> report.at("/killUnusedSegments/payload/numSegmentsKilled"))
                .filter(JsonNode::isInt)
                .map(killed -> OptionalInt.of(killed.intValue()))
                .orElse(OptionalInt.empty());
    }

    /** Whether Druid removes unused segments by itself: as its services say, or else as the environment says. */
    public AutoKill autoKill() {
        try {
            return isOn("coordinator", apis.coordinatorStatus()::properties, COORDINATOR_KILL)
                    ? new AutoKill.On(COORDINATOR_KILL)
                    : isOn("overlord", apis.overlordStatus()::properties, OVERLORD_KILL)
                            ? new AutoKill.On(OVERLORD_KILL)
                            : new AutoKill.Off();
        } catch (DruidException exception) {
            if (exception.code() == DruidException.Code.UNAVAILABLE
                    || exception.code() == DruidException.Code.TIMED_OUT) {
                throw exception;
            }
            return switch (cluster.config().autoKill()) {
                case ON -> new AutoKill.On("SLUICE_CLUSTERS_<NAME>_AUTO_KILL");
                case OFF -> new AutoKill.Off();
                case UNKNOWN -> new AutoKill.Unknown(exception.getMessage());
            };
        }
    }

    private boolean isOn(String service, Supplier<Response> properties, String name) {
        return cluster.call("read properties of the " + service, properties)
                .json()
                .path(name)
                .asText()
                .equals("true");
    }
}
