package sluice.upkeep.sizing;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import sluice.core.contract.Finding;
import sluice.core.definition.Definition;
import sluice.core.spec.SegmentTarget;
import sluice.core.spec.SpecDefaults;
import sluice.govern.plan.PlanAdvisor;
import sluice.ingest.tracking.LoadHistory;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.SqlQuery;

/** Measures a datasource on a cluster and gives advice about its sizes. */
@ApplicationScoped
public class SizingAdvisor implements PlanAdvisor {

    /** The newest tell how the datasource is loaded now. */
    private static final int NEWEST_CHUNKS = 400;

    private final LoadHistory history;
    private final SpecDefaults defaults;

    SizingAdvisor(LoadHistory history) {
        this.history = history;
        this.defaults = SpecDefaults.fromEnvironment(System.getenv());
    }

    /**
     * Findings that inform, none where the datasource has no segments. One query, about this datasource alone; the answer
     * has a row for each of the newest {@value #NEWEST_CHUNKS} time chunks.
     *
     * @throws sluice.platform.druid.DruidException when the cluster gives no answer
     */
    @Override
    public List<Finding> advice(Definition definition, DruidCluster cluster) {
        List<Finding> findings = SizingAdvice.of(
                definition,
                chunks(cluster, definition.datasource()),
                history.find(cluster.name(), definition.datasource()).orElse(null),
                defaults);
        return definition.clusters().size() < 2
                ? findings
                : findings.stream().map(finding -> named(cluster, finding)).toList();
    }

    /** Where there are several clusters it has to be said which one it is about. */
    private static Finding named(DruidCluster cluster, Finding finding) {
        return new Finding(
                finding.code(),
                finding.severity(),
                finding.pointer(),
                finding.line(),
                finding.column(),
                "Cluster " + cluster.name() + ": " + finding.message(),
                finding.expected(),
                finding.suggestion(),
                finding.url());
    }

    private List<ChunkSize> chunks(DruidCluster cluster, String datasource) {
        SegmentTarget target = SegmentTarget.of(defaults);
        SqlQuery query = SqlQuery.of("SELECT \"start\", \"end\", COUNT(*) AS \"segments\","
                        + " SUM(CASE WHEN \"num_rows\" < " + target.smallRows() + " AND \"size\" < "
                        + target.leastBytes() + " THEN 1 ELSE 0 END) AS \"small\", SUM(\"num_rows\") AS \"stored\","
                        + " SUM(\"size\") AS \"bytes\" FROM sys.segments WHERE \"datasource\" = ?"
                        + " AND \"is_active\" = 1 AND \"is_published\" = 1"
                        + " GROUP BY \"start\", \"end\" ORDER BY \"start\" DESC LIMIT " + NEWEST_CHUNKS)
                .with(datasource);
        return cluster.query(query).stream().map(SizingAdvisor::chunk).toList();
    }

    private static ChunkSize chunk(JsonNode row) {
        return new ChunkSize(
                Instant.parse(row.path("start").asText()),
                Instant.parse(row.path("end").asText()),
                row.path("segments").asLong(),
                row.path("small").asLong(),
                row.path("stored").asLong(),
                row.path("bytes").asLong());
    }
}
