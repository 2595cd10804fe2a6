package sluice.govern.drift;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import sluice.core.contract.Finding;
import sluice.core.contract.Severity;
import sluice.core.definition.Compaction;
import sluice.core.definition.Definition;
import sluice.core.definition.reader.ReadResult;
import sluice.govern.registry.DefinitionCatalog;
import sluice.govern.registry.Registry;
import sluice.platform.druid.ChunkHolding;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidClusters;
import sluice.platform.druid.DruidException;

/** Demands a confirmation of every version that makes automatic compaction rewrite history, and says how much it is. */
@ApplicationScoped
public class RewriteGuard {

    /** Versions that may have loaded what compaction has never touched. */
    private static final int VERSIONS = 100;

    private static final int CHUNKS = 10_000;

    private final Registry registry;
    private final DefinitionCatalog catalog;
    private final DruidClusters clusters;

    RewriteGuard(Registry registry, DefinitionCatalog catalog, DruidClusters clusters) {
        this.registry = registry;
        this.catalog = catalog;
        this.clusters = clusters;
    }

    /**
     * Returns a finding if the version rewrites history: a warning if it is confirmed, otherwise an error.
     *
     * @param before the definition in force
     */
    public Optional<Finding> finding(Optional<Definition> before, Definition after, boolean isConfirmed) {
        if (before.isEmpty() || before.get().hash().equals(after.hash())) {
            return Optional.empty();
        }
        return earlier(before.get(), after)
                .map(version -> HistoryRewrite.between(version, after))
                .flatMap(Optional::stream)
                .findFirst()
                .map(what -> DriftCode.REWRITE.finding(
                        isConfirmed ? Severity.WARNING : Severity.ERROR,
                        "/schema/granularitySpec",
                        "Automatic compaction would rewrite history for good, because " + what + ": "
                                + String.join("; ", extents(after)),
                        isConfirmed ? null : "a confirmation of this version: allowRewrite=true",
                        isConfirmed
                                ? null
                                : "keep the granularity, load the coarser rows into another datasource, or confirm"));
    }

    /** What compaction left alone so far may come from any earlier version. */
    private Stream<Definition> earlier(Definition before, Definition after) {
        if (after.compaction().engine() == Compaction.Engine.NONE) {
            return Stream.empty();
        }
        if (before.compaction().engine() != Compaction.Engine.NONE) {
            return Stream.of(before);
        }
        return Stream.concat(
                Stream.of(before),
                registry.versions(after.datasource(), VERSIONS).stream()
                        .map(version -> catalog.read(version.text()))
                        .filter(ReadResult.Valid.class::isInstance)
                        .map(read -> ((ReadResult.Valid) read).definition()));
    }

    private List<String> extents(Definition definition) {
        List<String> extents = new ArrayList<>();
        for (String name : definition.clusters()) {
            clusters.find(name)
                    .map(cluster -> extent(cluster, definition.datasource()))
                    .ifPresent(extents::add);
        }
        return extents;
    }

    private static String extent(DruidCluster cluster, String datasource) {
        try {
            List<ChunkHolding> chunks = cluster.servedSegments().holdings(datasource, CHUNKS);
            long bytes = chunks.stream().mapToLong(ChunkHolding::bytes).sum();
            String atLeast = chunks.size() == CHUNKS ? "at least " : "";
            return "cluster " + cluster.name() + " has " + atLeast + chunks.size() + " time chunks with " + atLeast
                    + bytes + " bytes";
        } catch (DruidException exception) {
            return "nobody knows how much on cluster " + cluster.name() + ", which does not respond";
        }
    }
}
