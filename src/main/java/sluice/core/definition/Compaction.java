package sluice.core.definition;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who compacts the datasource's segments, and when.
 *
 * @param engine Druid's compaction engine
 * @param skipOffsetFromLatest how much of the newest data compaction leaves alone (Druid's field of that name,
 *     ISO-8601); null for Druid's default
 * @param afterIngestion whether a run's chunks are compacted as soon as they are available
 */
public record Compaction(Engine engine, @Nullable String skipOffsetFromLatest, boolean afterIngestion) {

    public static final Compaction NONE = new Compaction(Engine.NONE, null, false);

    public Compaction {
        Objects.requireNonNull(engine, "engine");
    }

    /**
     * Returns true if compaction may touch a chunk that ends at the given instant: it is older than the newest data by
     * at least {@code skipOffsetFromLatest}, or no such offset is set.
     */
    public boolean isOld(Instant end, Optional<Instant> latest) {
        if (skipOffsetFromLatest == null || latest.isEmpty()) {
            return true;
        }
        return !new Span(skipOffsetFromLatest).before(latest.get()).isBefore(end);
    }

    /** Druid's compaction engines. */
    public enum Engine {
        NATIVE,
        MSQ,
        NONE
    }
}
