package sluice.simulation.druid;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sluice.core.batch.TimeChunk;
import sluice.core.definition.SegmentGranularity;
import sluice.platform.druid.TaskReport;

/** A task that loads objects: in its intervals it replaces, or appends to, what is there. */
final class LoadWork implements TaskWork {

    private final String taskId;
    private final TaskSpec spec;
    private final ObjectStorage storage;
    private final SegmentStore store;
    private final Lockbox locks;
    private final Publication publication;
    private final ChunkedRows rows = new ChunkedRows();
    private final Map<Allocation, List<StoredRows>> allocated = new LinkedHashMap<>();
    private long thrownAway;
    private long unparseable;
    private long processed;
    private int published;
    private final List<String> errors = new ArrayList<>();

    LoadWork(
            String taskId,
            TaskSpec spec,
            ObjectStorage storage,
            SegmentStore store,
            Lockbox locks,
            Publication publication) {
        this.taskId = taskId;
        this.spec = spec;
        this.storage = storage;
        this.store = store;
        this.locks = locks;
        this.publication = publication;
    }

    /** The whole chunks of its intervals; appended rows go where older ones are, which may have longer chunks. */
    @Override
    public List<TimeChunk> chunks() {
        return spec.appends()
                ? granules().stream().map(this::existing).distinct().toList()
                : granules();
    }

    /** The chunks that the task writes; without intervals, those that its rows are in. */
    private List<TimeChunk> granules() {
        Set<TimeChunk> granules = new LinkedHashSet<>();
        spec.intervals().forEach(span -> granules.addAll(ChunkedRows.covering(span, granularity())));
        if (spec.intervals().isEmpty()) {
            for (InputKey input : spec.inputs()) {
                read(input).rows().forEach(some -> granules.add(TimeChunk.holding(some.time(), granularity())));
            }
        }
        return List.copyOf(granules);
    }

    private TimeChunk existing(TimeChunk chunk) {
        return new Timeline(store.used(spec.datasource()))
                .visible().stream()
                        .map(StoredSegment::chunk)
                        .filter(other -> Timeline.contains(other, chunk))
                        .findFirst()
                        .orElse(chunk);
    }

    @Override
    public void start() {
        List<TimeChunk> wanted = granules();
        for (InputKey input : spec.inputs()) {
            InputRows found = read(input);
            for (Rows some : found.rows()) {
                if (wanted.stream().noneMatch(chunk -> Timeline.contains(chunk, some.time()))) {
                    thrownAway += some.count();
                    continue;
                }
                long stored = spec.rollsUp() ? some.rolledUp() : some.count();
                rows.add(
                        TimeChunk.holding(some.time(), granularity()),
                        new StoredRows(input.toString(), some.time(), some.count(), stored));
            }
            unparseable += found.unparseable();
            if (found.unparseable() > 0 && errors.size() < spec.savedParseExceptions()) {
                errors.add("Unable to parse row (Path: s3://" + input + ", Record: 1, Line: 1)");
            }
        }
        if (unparseable > spec.maxParseExceptions()) {
            throw new TaskFailure("Max parse exceptions[" + spec.maxParseExceptions() + "] exceeded");
        }
        processed = rows.read();
        if (spec.appends()) {
            rows.byChunk().forEach((chunk, all) -> ChunkedRows.cut(all, spec.rowsPerSegment())
                    .forEach(part -> allocated.put(publication.allocate(taskId, spec, part.get(0), chunk), part)));
        }
    }

    @Override
    public void publish(Fate fate) {
        if (spec.appends()) {
            List<StoredSegment> segments = new ArrayList<>();
            allocated.forEach((allocation, part) -> segments.add(publication.segment(
                    allocation.key(), allocation.corePartitions(), SegmentContents.of(part, spec))));
            published = segments.size();
            publication.append(taskId, segments);
            return;
        }
        if (fate == Fate.ROWS_DOUBLED) {
            rows.twice();
            processed = rows.read();
        }
        List<StoredSegment> segments = new ArrayList<>();
        rows.byChunk().forEach((chunk, all) -> {
            String version = version(chunk, fate);
            int first = store.freePartition(spec.datasource(), chunk, version);
            List<List<StoredRows>> parts = ChunkedRows.cut(all, spec.rowsPerSegment());
            for (int partition = 0; partition < parts.size(); partition++) {
                segments.add(publication.segment(
                        new SegmentKey(spec.datasource(), chunk, version, first + partition),
                        parts.size(),
                        SegmentContents.of(parts.get(partition), spec)));
            }
        });
        if (spec.dropsExisting() && fate != Fate.PUBLISHES_UNDER_EPOCH) {
            segments.addAll(tombstones());
        }
        published = segments.size();
        publication.replace(taskId, segments);
    }

    /** Chunks that the task was to replace and has no rows for, where there is something to hide. */
    private List<StoredSegment> tombstones() {
        List<StoredSegment> used = store.used(spec.datasource());
        return granules().stream()
                .filter(chunk -> !rows.byChunk().containsKey(chunk))
                .filter(chunk -> used.stream().anyMatch(segment -> Timeline.overlaps(segment.chunk(), chunk)))
                .map(chunk -> publication.segment(
                        new SegmentKey(spec.datasource(), chunk, version(chunk, Fate.SUCCEEDS), 0),
                        1,
                        new SegmentContents(List.of(), Map.of(), List.of(), false)))
                .toList();
    }

    private String version(TimeChunk chunk, Fate fate) {
        return fate == Fate.PUBLISHES_UNDER_EPOCH
                ? Lockbox.EPOCH
                : locks.over(taskId, chunk).orElseThrow().version();
    }

    @Override
    public TaskReport report(String failure) {
        return new TaskReport(processed, 0, unparseable, thrownAway, published, errors, failure);
    }

    private InputRows read(InputKey input) {
        return storage.read(input.bucket(), input.key())
                .orElseThrow(() -> new TaskFailure("The specified key does not exist. (Service: Amazon S3; Status Code:"
                        + " 404; Error Code: NoSuchKey; Key: " + input + ")"));
    }

    private SegmentGranularity granularity() {
        return spec.granularity().orElseThrow();
    }
}
