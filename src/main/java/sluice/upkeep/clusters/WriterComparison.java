package sluice.upkeep.clusters;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import sluice.core.batch.RunKind;
import sluice.core.batch.TimeChunk;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunIndex;
import sluice.ingest.run.RunStore;
import sluice.ingest.run.RunSummary;
import sluice.ingest.run.SegmentSnapshot;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidClusters;
import sluice.platform.druid.DruidException;
import sluice.platform.druid.WrittenSegment;
import sluice.upkeep.clusters.Writers.Chunk;
import sluice.upkeep.clusters.Writers.Column;
import sluice.upkeep.clusters.Writers.OnCluster;
import sluice.upkeep.clusters.Writers.Part;

/**
 * Tells apart what batch runs and streams have written to the time chunks of a datasource. Druid does not know: a segment is of
 * a run if the run has noted it as its own.
 */
@ApplicationScoped
public class WriterComparison {

    /** The span if the caller names none. */
    private static final Duration LATELY = Duration.ofDays(7);
    /** Newest runs whose segments are known. */
    private static final int RUNS = 500;

    private static final int NEWEST_CHUNKS = 500;

    private final DruidClusters clusters;
    private final RunIndex index;
    private final RunStore runs;
    private final Clock clock;

    WriterComparison(DruidClusters clusters, RunIndex index, RunStore runs, Clock clock) {
        this.clusters = clusters;
        this.index = index;
        this.runs = runs;
        this.clock = clock;
    }

    /**
     * Returns what is in the time chunks that overlap a span, by one query per cluster. Segments of runs that are not among the
     * newest {@value #RUNS} count as those of a stream.
     *
     * @param span null for the seven days up to the newest time chunk of each cluster, or up to now
     */
    public Writers compare(String datasource, List<String> names, @Nullable TimeChunk span) {
        Map<String, Set<String>> created = created(datasource);
        List<OnCluster> all = new ArrayList<>();
        TimeChunk wanted = span == null ? lately() : span;
        for (String name : names) {
            all.add(read(name, datasource, wanted, created.getOrDefault(name, Set.of())));
        }
        return new Writers(wanted.interval(), all);
    }

    private TimeChunk lately() {
        Instant tomorrow = clock.instant().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1));
        return new TimeChunk(tomorrow.minus(LATELY), tomorrow);
    }

    /** Returns the ids of segments that runs have made, by cluster. */
    private Map<String, Set<String>> created(String datasource) {
        List<String> ids = index.page(new RunIndex.Filter(datasource, null, null), RUNS, null).runs().stream()
                .filter(run -> run.kind().equals(RunKind.BATCH.label()))
                .map(RunSummary::id)
                .toList();
        return runs.findAll(ids).stream()
                .collect(Collectors.groupingBy(
                        Run::cluster,
                        Collectors.flatMapping(
                                run -> runs.segmentMark(run).map(SegmentSnapshot::created).stream()
                                        .flatMap(Set::stream),
                                Collectors.toSet())));
    }

    private OnCluster read(String name, String datasource, TimeChunk span, Set<String> created) {
        Optional<DruidCluster> cluster = clusters.find(name);
        if (cluster.isEmpty()) {
            return new OnCluster(name, "the environment has no such cluster", List.of(), List.of());
        }
        try {
            return of(name, cluster.get().servedSegments().written(datasource, span), created);
        } catch (DruidException exception) {
            return new OnCluster(name, String.valueOf(exception.getMessage()), List.of(), List.of());
        }
    }

    static OnCluster of(String cluster, List<WrittenSegment> segments, Set<String> created) {
        Map<String, Chunk> chunks = new TreeMap<>(Comparator.reverseOrder());
        Set<String> ofBatch = new TreeSet<>();
        Set<String> ofStream = new TreeSet<>();
        for (WrittenSegment segment : segments) {
            boolean isBatch = created.contains(segment.id());
            Chunk before = chunks.getOrDefault(
                    segment.interval(), new Chunk(segment.interval(), Part.NONE, Part.NONE, Part.NONE, Part.NONE));
            chunks.put(segment.interval(), with(before, segment, isBatch));
            if (isBatch) {
                ofBatch.addAll(segment.columns());
            } else if (!segment.compacted()) {
                ofStream.addAll(segment.columns());
            }
        }
        return new OnCluster(
                cluster,
                null,
                chunks.values().stream().limit(NEWEST_CHUNKS).toList(),
                ofBatch.isEmpty() || ofStream.isEmpty() ? List.of() : differences(ofBatch, ofStream));
    }

    private static Chunk with(Chunk chunk, WrittenSegment segment, boolean isBatch) {
        long rows = segment.rows();
        if (isBatch) {
            return new Chunk(
                    chunk.interval(), chunk.batch().plus(rows), chunk.stream(), chunk.reading(), chunk.compacted());
        }
        if (segment.compacted()) {
            return new Chunk(
                    chunk.interval(),
                    chunk.batch(),
                    chunk.stream(),
                    chunk.reading(),
                    chunk.compacted().plus(rows));
        }
        return new Chunk(
                chunk.interval(),
                chunk.batch(),
                chunk.stream().plus(rows),
                segment.realtime() ? chunk.reading().plus(rows) : chunk.reading(),
                chunk.compacted());
    }

    private static List<Column> differences(Set<String> batch, Set<String> stream) {
        Set<String> all = new TreeSet<>(batch);
        all.addAll(stream);
        Set<String> both = new HashSet<>(batch);
        both.retainAll(stream);
        all.removeAll(both);
        return all.stream()
                .map(name -> new Column(name, batch.contains(name), stream.contains(name)))
                .toList();
    }
}
