package sluice.govern.streams;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far a stream was read at a time.
 *
 * @param stream the topic or stream
 * @param offsets the offset of the next message, by partition as Druid names it
 */
@RegisterForReflection
public record OffsetSnapshot(Instant at, String stream, SortedMap<String, Long> offsets) {

    public OffsetSnapshot {
        offsets = Collections.unmodifiableSortedMap(new TreeMap<>(offsets));
    }
}
