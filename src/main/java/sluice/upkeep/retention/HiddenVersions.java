package sluice.upkeep.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import sluice.core.batch.TimeChunk;
import sluice.platform.druid.ChunkTotals;
import sluice.platform.druid.UsedSegment;

/**
 * Since when sweeps have seen that a served version hides another. The time counts from the first sweep that saw
 * it. The newer version's own time would be too early: it says when its task got a lock, perhaps days before data
 * servers had the segments.
 */
final class HiddenVersions {

    /** More at a time would not fit into one item. The others wait until these are marked unused. */
    static final int MOST = 1_000;

    /**
     * A used segment that served versions hide.
     *
     * @param by the versions, which together cover its chunk
     */
    record Hidden(UsedSegment segment, List<ChunkTotals> by) {
        Hidden {
            by = List.copyOf(by);
        }

        /** Identifies the hidden version and the newest that hides it: if another one does, its time begins anew. */
        private String key() {
            String newest =
                    by.stream().map(ChunkTotals::version).max(String::compareTo).orElse("");
            return new TimeChunk(segment.start(), segment.end()).interval() + " " + segment.version() + " < " + newest;
        }
    }

    private final Map<String, Instant> since = new HashMap<>();
    private final List<Hidden> lasting = new ArrayList<>();

    /**
     * @param earlier what the sweep before has seen
     * @param least how long a segment must have been hidden to count as a leftover
     */
    HiddenVersions(DatasourceSnapshot snapshot, ServedVersions served, Map<String, Instant> earlier, Duration least) {
        Instant latest = snapshot.now().minus(least);
        List<Hidden> fresh = new ArrayList<>();
        for (UsedSegment segment : snapshot.overshadowed()) {
            Hidden hidden = new Hidden(
                    segment, served.hiding(new TimeChunk(segment.start(), segment.end()), segment.version()));
            if (hidden.by().isEmpty()) {
                continue;
            }
            Instant known = earlier.get(hidden.key());
            if (known == null) {
                fresh.add(hidden);
            } else {
                since.put(hidden.key(), known);
                add(hidden, known, latest);
            }
        }
        for (Hidden hidden : fresh) {
            if (since.size() < MOST || since.containsKey(hidden.key())) {
                since.put(hidden.key(), snapshot.now());
                add(hidden, snapshot.now(), latest);
            }
        }
    }

    private void add(Hidden hidden, Instant known, Instant latest) {
        if (!known.isAfter(latest)) {
            lasting.add(hidden);
        }
    }

    /** Returns the times to store for the next sweep, by key. */
    Map<String, Instant> since() {
        return Map.copyOf(since);
    }

    /** Returns the segments that have been hidden for long. */
    List<Hidden> lasting() {
        return List.copyOf(lasting);
    }
}
