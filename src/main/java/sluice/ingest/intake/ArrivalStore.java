package sluice.ingest.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import sluice.core.batch.ObjectVersion;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.Query;
import sluice.platform.state.StateTable;

/**
 * Which objects have arrived for a time chunk, an item each: the item of the chunk stays small, however many arrive. The planner
 * compares them with the listing and so names those that are gone again.
 */
@ApplicationScoped
class ArrivalStore {

    /** Longer than a chunk waits to be planned while somebody can still act on it. */
    private static final Duration KEEP = Duration.ofDays(30);

    private final StateTable table;
    private final Clock clock;

    ArrivalStore(StateTable table, Clock clock) {
        this.table = table;
        this.clock = clock;
    }

    /** Notes the object that made the chunk this generation. */
    void note(ChunkId id, long generation, ObjectVersion version) {
        table.put(Item.at(Key.arrival(id.feed(), id.chunk().start(), generation))
                .with("bucket", version.bucket())
                .with("key", version.key())
                .with("etag", version.etag())
                .expiring(clock.instant().plus(KEEP)));
    }

    /** Returns the objects that have arrived since the last plan. */
    List<ObjectVersion> waiting(ChunkId id, ChunkState state, String bucket) {
        List<ObjectVersion> versions = new ArrayList<>();
        for (String seen : state.seen()) {
            int split = seen.indexOf(' ');
            versions.add(new ObjectVersion(bucket, seen.substring(split + 1), seen.substring(0, split)));
        }
        versions.addAll(waiting(id, state));
        return versions;
    }

    /** The same without those that an earlier version of Sluice has noted, which did not note the bucket. */
    List<ObjectVersion> waiting(ChunkId id, ChunkState state) {
        Query arrivals = Query.partition(Key.arrivals(id.feed(), id.chunk().start()))
                .between(Key.ordinal(state.planned() + 1), Key.ordinal(state.generation()));
        return table.all(arrivals).stream()
                .map(item -> new ObjectVersion(
                        item.text("bucket").orElseThrow(),
                        item.text("key").orElseThrow(),
                        item.text("etag").orElseThrow()))
                .toList();
    }
}
