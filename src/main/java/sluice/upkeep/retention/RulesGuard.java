package sluice.upkeep.retention;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import sluice.govern.settings.RuleSafeguard;
import sluice.platform.druid.ChunkTotals;
import sluice.platform.druid.DruidCluster;

/**
 * Refuses load and drop rules that would drop more at once than a sweep may take. The coordinator applies rules within
 * moments, so a {@code keep} with a missing digit would empty the datasource.
 */
@ApplicationScoped
class RulesGuard implements RuleSafeguard {

    private final SnapshotReader reader;
    private final RetentionSettings settings;
    private final Clock clock;

    RulesGuard(SnapshotReader reader, RetentionSettings settings, Clock clock) {
        this.reader = reader;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public Optional<String> refusal(DruidCluster cluster, String datasource, List<JsonNode> rules) {
        List<ChunkTotals> totals = reader.totals(cluster, datasource);
        RuleOutcome outcome = RuleSimulation.of(rules, totals, clock.instant());
        double share = outcome.drops().shareOf(SegmentTotals.ofChunks(totals));
        return share <= settings.maxShare()
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "the coordinator would drop %.0f %% of the used data at once (%d segments, in %s), and %.0f %% is"
                                + " allowed: correct keep; or request a sweep with a higher mostShare and apply the"
                                + " definition again, or raise SLUICE_RETENTION_MAX_SHARE",
                        share * 100,
                        outcome.drops().segments(),
                        String.join(", ", outcome.dropped()),
                        settings.maxShare() * 100));
    }
}
