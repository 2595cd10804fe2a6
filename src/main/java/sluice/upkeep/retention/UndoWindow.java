package sluice.upkeep.retention;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import sluice.core.batch.TimeChunk;
import sluice.core.definition.Span;
import sluice.govern.registry.DefinitionCatalog;
import sluice.platform.druid.ChunkTotals;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.UnusedSegment;

/** Until when unused segments can come back: sweeps purge them some time after they were marked. */
@ApplicationScoped
public class UndoWindow {

    private final DefinitionCatalog catalog;
    private final SweepAuthorization authorization;
    private final Clock clock;

    UndoWindow(DefinitionCatalog catalog, SweepAuthorization authorization, Clock clock) {
        this.catalog = catalog;
        this.authorization = authorization;
        this.clock = clock;
    }

    /** The windows of one datasource. */
    public interface Times {

        /**
         * Returns from when on sweeps may purge the segment; empty if they do not, as things are: nothing is purged, or the
         * definition still wants the rows. A purge by hand, or by Druid itself, is not foreseen.
         */
        Optional<Instant> purgedAt(UnusedSegment segment);
    }

    /** @param totals used segments that are not overshadowed, by chunk and version */
    public Times of(DruidCluster cluster, String datasource, List<ChunkTotals> totals) {
        RetentionPolicy policy =
                authorization.target(catalog.current(), cluster, datasource).policy();
        ServedVersions served = new ServedVersions(totals);
        return segment -> {
            Span purgeAfter = policy.purgeAfter();
            Span keep = policy.keep();
            boolean isExpired = keep != null && !segment.end().isAfter(keep.before(clock.instant()));
            boolean isUnwanted = policy.orphan()
                    || isExpired
                    || !served.hiding(new TimeChunk(segment.start(), segment.end()), segment.version())
                            .isEmpty();
            return purgeAfter == null || segment.since() == null || !isUnwanted
                    ? Optional.empty()
                    : Optional.of(segment.since().plus(purgeAfter.length()));
        };
    }
}
