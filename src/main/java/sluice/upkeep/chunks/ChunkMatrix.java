package sluice.upkeep.chunks;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.core.batch.Feed;
import sluice.core.batch.TimeChunk;
import sluice.core.definition.Definition;
import sluice.core.definition.Retention;
import sluice.core.definition.SegmentGranularity;
import sluice.core.definition.Span;
import sluice.ingest.hold.Hold;
import sluice.ingest.hold.HoldStore;
import sluice.ingest.intake.ChunkRecord;
import sluice.ingest.intake.ChunkRecords;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidException;
import sluice.platform.druid.Outage;

/**
 * Says of every time chunk of an interval what state it is in. A page costs one query of the chunks' key range, one read of
 * the holds, one read per 100 runs, and one SQL query. Nothing is scanned, and a page costs what it holds.
 */
@ApplicationScoped
public class ChunkMatrix {

    private final ChunkRecords records;
    private final RunStore runs;
    private final HoldStore holds;
    private final Clock clock;

    ChunkMatrix(ChunkRecords records, RunStore runs, HoldStore holds, Clock clock) {
        this.records = records;
        this.runs = runs;
        this.holds = holds;
        this.clock = clock;
    }

    /**
     * Returns the chunks that overlap an interval.
     *
     * @param from start of the page; the interval's start for the first page
     * @param limit most chunks of the page, at least 1
     * @throws TooManySegmentsException if the page is too large to be answered
     */
    public ChunkPage page(Definition definition, DruidCluster cluster, TimeChunk interval, Instant from, int limit) {
        List<TimeChunk> chunks = chunks(definition.schema().segmentGranularity(), from, interval.end(), limit);
        TimeChunk last = chunks.get(chunks.size() - 1);
        Feed feed = new Feed(cluster.name(), definition.datasource());
        Map<Instant, ChunkRecord> byStart = new HashMap<>();
        records.within(feed, new TimeChunk(chunks.get(0).start(), last.end()))
                .forEach(each -> byStart.put(each.start(), each));
        Map<String, RunState> states = new HashMap<>();
        runs.findAll(byStart.values().stream()
                        .map(ChunkRecord::newestRun)
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList())
                .forEach((Run run) -> states.put(run.id(), run.state()));
        List<Hold> held = holds.find(definition.datasource());
        Contents contents = contents(cluster, definition.datasource(), chunks);
        Instant keptFrom = keptFrom(definition.retention());
        List<ChunkStatus> statuses = chunks.stream()
                .map(chunk -> status(
                        chunk,
                        byStart.get(chunk.start()),
                        states,
                        contents.byStart().get(chunk.start()),
                        keptFrom,
                        Hold.on(chunk, held).isPresent()))
                .toList();
        return new ChunkPage(statuses, contents.problem(), last.end().isBefore(interval.end()) ? last.end() : null);
    }

    private record Contents(Map<Instant, SegmentTally> byStart, @Nullable String problem) {}

    private static Contents contents(DruidCluster cluster, String datasource, List<TimeChunk> chunks) {
        Optional<String> outage = cluster.outage().map(Outage::message);
        if (outage.isPresent()) {
            return new Contents(Map.of(), outage.get());
        }
        try {
            return new Contents(SegmentTallies.of(cluster, datasource, chunks), null);
        } catch (DruidException exception) {
            return new Contents(Map.of(), String.valueOf(exception.getMessage()));
        }
    }

    private static List<TimeChunk> chunks(SegmentGranularity granularity, Instant from, Instant end, int limit) {
        List<TimeChunk> chunks = new ArrayList<>();
        TimeChunk chunk = TimeChunk.holding(from, granularity);
        chunks.add(chunk);
        while (chunks.size() < limit && chunk.end().isBefore(end)) {
            chunk = TimeChunk.holding(chunk.end(), granularity);
            chunks.add(chunk);
        }
        return chunks;
    }

    private @Nullable Instant keptFrom(@Nullable Retention retention) {
        Span keep = retention == null ? null : Span.of(retention.keep());
        return keep == null ? null : keep.before(clock.instant());
    }

    private static ChunkStatus status(
            TimeChunk chunk,
            @Nullable ChunkRecord known,
            Map<String, RunState> states,
            @Nullable SegmentTally contents,
            @Nullable Instant keptFrom,
            boolean isHeld) {
        String run = known == null ? null : known.newestRun();
        RunState state = run == null ? null : states.get(run);
        boolean isExpired = keptFrom != null && !chunk.end().isAfter(keptFrom);
        boolean waits = known != null && known.waitingSince() != null;
        return new ChunkStatus(
                chunk,
                condition(state, waits, contents, isExpired),
                run,
                state == null ? null : state.label(),
                known == null ? null : known.files(),
                contents,
                isHeld);
    }

    /** What is under way comes first, then how the newest run ended, then what Druid holds. */
    private static ChunkCondition condition(
            @Nullable RunState newest, boolean waits, @Nullable SegmentTally contents, boolean isExpired) {
        if (newest instanceof RunState.Live) {
            return ChunkCondition.LOADING;
        }
        if (waits) {
            return ChunkCondition.GATHERING;
        }
        boolean isEmpty = contents != null && contents.segments() == 0;
        if (isEmpty && isExpired) {
            return ChunkCondition.EXPIRED;
        }
        if (newest instanceof RunState.Available) {
            return isEmpty ? ChunkCondition.MISSING : ChunkCondition.AVAILABLE;
        }
        if (newest instanceof RunState.RolledBack) {
            return ChunkCondition.ROLLED_BACK;
        }
        boolean saysNothing = newest == null || newest instanceof RunState.Superseded;
        return saysNothing ? held(contents) : ChunkCondition.FAILED;
    }

    private static ChunkCondition held(@Nullable SegmentTally contents) {
        if (contents == null) {
            return ChunkCondition.UNKNOWN;
        }
        return contents.segments() == 0 ? ChunkCondition.MISSING : ChunkCondition.AVAILABLE;
    }
}
