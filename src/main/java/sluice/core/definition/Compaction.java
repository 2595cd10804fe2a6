package sluice.core.definition;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who compacts the datasource's segments, and when.
 *
 * @param engine which of Druid's engines
 * @param skipOffsetFromLatest the newest rows stay untouched this long (Druid's field of that name, ISO-8601), or
 *     null for Druid's default
 * @param afterIngestion whether the chunks of a run are compacted once they are available
 */
public record Compaction(Engine engine, @Nullable String skipOffsetFromLatest, boolean afterIngestion) {

    public static final Compaction NONE = new Compaction(Engine.NONE, null, false);

    public Compaction {
        Objects.requireNonNull(engine, "engine");
    }

    /** Whether what ends then is older than the newest rows by {@code skipOffsetFromLatest}; always where none is given. */
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
