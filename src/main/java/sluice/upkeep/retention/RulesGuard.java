package sluice.upkeep.retention;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import sluice.core.batch.TimeChunk;
import sluice.govern.settings.RuleSafeguard;
import sluice.ingest.hold.Hold;
import sluice.ingest.hold.HoldStore;
import sluice.platform.druid.ChunkTotals;
import sluice.platform.druid.DruidCluster;

/**
 * Refuses load and drop rules that would drop more at once than a sweep may take, that would drop what is on
 * hold, or that want replicas only on tiers without a data server. The coordinator applies rules within moments,
 * so a {@code keep} with a missing digit would empty the datasource.
 */
@ApplicationScoped
class RulesGuard implements RuleSafeguard {

    private final SnapshotReader reader;
    private final HoldStore holds;
    private final RetentionSettings settings;
    private final Clock clock;

    RulesGuard(SnapshotReader reader, HoldStore holds, RetentionSettings settings, Clock clock) {
        this.reader = reader;
        this.holds = holds;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public Effect effect(DruidCluster cluster, String datasource, List<JsonNode> rules) {
        Set<String> tiers = cluster.tiers();
        Optional<String> unloadable = unloadable(rules, tiers);
        if (unloadable.isPresent()) {
            return new Effect(unloadable.get(), null);
        }
        List<JsonNode> all = new ArrayList<>(rules);
        all.addAll(cluster.settings().clusterRules(datasource));
        Instant now = clock.instant();
        List<ChunkTotals> totals =
                CurrentTotals.of(cluster, datasource, () -> reader.totals(cluster, datasource), all, now, tiers);
        List<ChunkTotals> dropped = RuleSimulation.dropped(all, totals, now, tiers);
        Optional<Hold> held = held(datasource, dropped);
        if (held.isPresent()) {
            return new Effect(
                    "the coordinator would drop data that is " + held.get().text() + ": end the hold first", null);
        }
        SegmentTotals drops = SegmentTotals.ofChunks(dropped);
        double share = drops.shareOf(SegmentTotals.ofChunks(totals));
        String what = what(share, drops, dropped) + (rules.isEmpty() ? ", by the cluster's own rules" : "");
        if (share > settings.maxShare()) {
            return new Effect(
                    String.format(
                            Locale.ROOT,
                            "the coordinator would drop %s, and %.0f %% is allowed: %s; or request a sweep with a higher"
                                    + " mostShare and apply the definition again, or raise SLUICE_RETENTION_MAX_SHARE",
                            what,
                            settings.maxShare() * 100,
                            rules.isEmpty() ? "keep a retention without keep in the definition" : "correct keep"),
                    null);
        }
        return new Effect(null, dropped.isEmpty() ? null : "the coordinator will drop " + what);
    }

    private static String what(double share, SegmentTotals drops, List<ChunkTotals> dropped) {
        return String.format(
                Locale.ROOT,
                "%.0f %% of the used data at once (%d segments, in %s)",
                share * 100,
                drops.segments(),
                String.join(", ", Intervals.texts(chunks(dropped))));
    }

    private Optional<Hold> held(String datasource, List<ChunkTotals> dropped) {
        return dropped.isEmpty() ? Optional.empty() : holds.on(datasource, chunks(dropped));
    }

    /** Returns which tiers no data server belongs to, if a rule wants all its replicas there. */
    private static Optional<String> unloadable(List<JsonNode> rules, Set<String> tiers) {
        Set<String> unknown = new TreeSet<>();
        for (JsonNode rule : rules) {
            Set<String> wanted = RuleSimulation.wantedTiers(rule);
            if (RuleSimulation.type(rule).startsWith("load")
                    && !wanted.isEmpty()
                    && !RuleSimulation.isLoadable(rule, tiers)) {
                unknown.addAll(wanted);
            }
        }
        return unknown.isEmpty()
                ? Optional.empty()
                : Optional.of("no data server belongs to " + String.join(", ", unknown) + ", only to "
                        + String.join(", ", new TreeSet<>(tiers))
                        + ": the coordinator would drop every replica; correct tiers, or apply the definition again once"
                        + " such a server is up");
    }

    private static List<TimeChunk> chunks(List<ChunkTotals> totals) {
        return totals.stream()
                .map(chunk -> new TimeChunk(chunk.start(), chunk.end()))
                .toList();
    }
}
