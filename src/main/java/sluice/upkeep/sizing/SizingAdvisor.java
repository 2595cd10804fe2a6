package sluice.upkeep.sizing;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import sluice.core.batch.Feed;
import sluice.core.contract.Finding;
import sluice.core.definition.Definition;
import sluice.core.spec.SegmentTarget;
import sluice.core.spec.SpecDefaults;
import sluice.govern.plan.PlanAdvisor;
import sluice.ingest.tracking.LoadHistory;
import sluice.platform.druid.DruidCluster;

/** Measures a datasource on a cluster and gives advice on its sizes. */
@ApplicationScoped
public class SizingAdvisor implements PlanAdvisor {

    /** The newest chunks show how the datasource is loaded now. */
    private static final int NEWEST_CHUNKS = 400;

    private final LoadHistory history;
    private final SpecDefaults defaults;

    SizingAdvisor(LoadHistory history) {
        this.history = history;
        this.defaults = SpecDefaults.fromEnvironment(System.getenv());
    }

    /**
     * Returns findings that inform; none if the datasource has no segments. Sends one query about this datasource alone; the
     * answer has a row for each of the newest {@value #NEWEST_CHUNKS} time chunks.
     *
     * @throws sluice.platform.druid.DruidException if the cluster gives no answer
     */
    @Override
    public List<Finding> advice(Definition definition, DruidCluster cluster) {
        List<Finding> findings = SizingAdvice.of(
                definition,
                cluster.servedSegments().sizes(definition.datasource(), SegmentTarget.of(defaults), NEWEST_CHUNKS),
                history.find(new Feed(cluster.name(), definition.datasource())).orElse(null),
                defaults);
        return definition.clusters().size() < 2
                ? findings
                : findings.stream().map(finding -> named(cluster, finding)).toList();
    }

    /** If there are several clusters, the message has to name its cluster. */
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
}
