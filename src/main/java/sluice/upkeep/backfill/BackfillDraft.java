package sluice.upkeep.backfill;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import sluice.core.batch.TimeChunk;
import sluice.core.definition.Definition;
import sluice.core.definition.SegmentGranularity;
import sluice.ingest.ActiveDefinitions;
import sluice.ingest.submission.TaskDraft;
import sluice.platform.druid.DruidClusters;

/** Completes what a caller wants by the definition in force, and checks that it is possible. */
@ApplicationScoped
class BackfillDraft {

    private static final int PARALLEL = 4;

    private final ActiveDefinitions definitions;
    private final DruidClusters clusters;

    BackfillDraft(ActiveDefinitions definitions, DruidClusters clusters) {
        this.definitions = definitions;
        this.clusters = clusters;
    }

    /**
     * A request that is possible.
     *
     * @param chunks number of time chunks of the interval
     */
    record Drafted(BackfillRequest request, Definition definition, int chunks) {}

    /** @throws BackfillException if it is not possible */
    Drafted draft(BackfillWish wish) {
        Definition definition = definitions
                .fresh()
                .find(wish.datasource())
                .orElseThrow(() -> new BackfillException(
                        BackfillException.Code.UNKNOWN,
                        "there is no definition of datasource '" + wish.datasource() + "' that can be read"));
        if (definition.batch() == null) {
            throw impossible("the definition of " + wish.datasource() + " has no batch part");
        }
        SegmentGranularity granularity = definition.schema().segmentGranularity();
        int chunks = chunks(wish.interval(), granularity);
        int perRun = wish.chunksPerRun() == null ? perDay(wish.interval(), granularity) : wish.chunksPerRun();
        if (perRun < 1 || perRun > TaskDraft.MOST_CHUNKS) {
            throw impossible("'chunksPerRun' must be from 1 to " + TaskDraft.MOST_CHUNKS);
        }
        int parallel = wish.parallel() == null ? PARALLEL : wish.parallel();
        if (parallel < 1 || parallel > BackfillRequest.MOST_PARALLEL) {
            throw impossible("'parallel' must be from 1 to " + BackfillRequest.MOST_PARALLEL);
        }
        return new Drafted(
                new BackfillRequest(
                        wish.datasource(),
                        clusters(wish, definition),
                        wish.interval(),
                        granularity,
                        perRun,
                        parallel,
                        wish.order() == null ? BackfillOrder.NEWEST : wish.order(),
                        wish.onlyMissing(),
                        wish.author(),
                        wish.reason()),
                definition,
                chunks);
    }

    private List<String> clusters(BackfillWish wish, Definition definition) {
        List<String> names = wish.cluster() == null ? definition.clusters() : List.of(wish.cluster());
        if (!definition.clusters().containsAll(names)) {
            throw impossible("the definition is for " + definition.clusters() + ", not for " + wish.cluster());
        }
        names.stream().filter(name -> clusters.find(name).isEmpty()).findFirst().ifPresent(name -> {
            throw impossible("the environment has no cluster " + name + ", only " + clusters.names());
        });
        return names.stream().distinct().toList();
    }

    private static int chunks(TimeChunk interval, SegmentGranularity granularity) {
        int count = 0;
        Instant end = interval.start();
        while (end.isBefore(interval.end()) && count <= BackfillRequest.MOST_CHUNKS) {
            end = TimeChunk.holding(end, granularity).end();
            count++;
        }
        if (count > BackfillRequest.MOST_CHUNKS) {
            throw impossible(
                    "a backfill has at most " + BackfillRequest.MOST_CHUNKS + " time chunks: split the interval");
        }
        if (!granularity.floor(interval.start()).equals(interval.start()) || end.isAfter(interval.end())) {
            throw impossible(interval.interval() + " does not consist of whole time chunks of " + granularity);
        }
        return count;
    }

    private static int perDay(TimeChunk interval, SegmentGranularity granularity) {
        TimeChunk first = TimeChunk.holding(interval.start(), granularity);
        long ofDay = Duration.ofDays(1).dividedBy(Duration.between(first.start(), first.end()));
        return (int) Math.max(1, Math.min(ofDay, TaskDraft.MOST_CHUNKS));
    }

    private static BackfillException impossible(String message) {
        return new BackfillException(BackfillException.Code.IMPOSSIBLE, message);
    }
}
