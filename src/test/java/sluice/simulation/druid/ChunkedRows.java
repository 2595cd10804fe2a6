package sluice.simulation.druid;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import sluice.core.batch.TimeChunk;
import sluice.core.definition.SegmentGranularity;

/** Rows by time chunk, cut into segments. */
final class ChunkedRows {

    private final SortedMap<TimeChunk, List<StoredRows>> byChunk = new TreeMap<>();

    void add(TimeChunk chunk, StoredRows rows) {
        byChunk.computeIfAbsent(chunk, any -> new ArrayList<>()).add(rows);
    }

    SortedMap<TimeChunk, List<StoredRows>> byChunk() {
        return byChunk;
    }

    long read() {
        return byChunk.values().stream()
                .flatMap(List::stream)
                .mapToLong(StoredRows::read)
                .sum();
    }

    /** Has every row twice. */
    void twice() {
        byChunk.replaceAll((chunk, rows) -> {
            List<StoredRows> both = new ArrayList<>(rows);
            both.addAll(rows);
            return both;
        });
    }

    /** Cuts rows into lists of at most so many stored rows. */
    static List<List<StoredRows>> cut(List<StoredRows> rows, long limit) {
        List<List<StoredRows>> lists = new ArrayList<>();
        List<StoredRows> list = new ArrayList<>();
        long room = limit;
        for (StoredRows some : rows) {
            StoredRows rest = some;
            while (rest.stored() > room) {
                list.add(new StoredRows(rest.source(), rest.time(), room, room));
                rest = new StoredRows(rest.source(), rest.time(), rest.read() - room, rest.stored() - room);
                lists.add(list);
                list = new ArrayList<>();
                room = limit;
            }
            list.add(rest);
            room -= rest.stored();
            if (room == 0) {
                lists.add(list);
                list = new ArrayList<>();
                room = limit;
            }
        }
        if (!list.isEmpty()) {
            lists.add(list);
        }
        return lists;
    }

    /** The chunks of that granularity that cover a span of time. */
    static List<TimeChunk> covering(TimeChunk span, SegmentGranularity granularity) {
        List<TimeChunk> chunks = new ArrayList<>();
        TimeChunk chunk = TimeChunk.holding(span.start(), granularity);
        while (chunk.start().isBefore(span.end())) {
            chunks.add(chunk);
            chunk = TimeChunk.holding(chunk.end(), granularity);
        }
        return chunks;
    }
}
