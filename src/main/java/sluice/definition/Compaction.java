package sluice.definition;

import java.util.Objects;

/**
 * Who compacts the datasource's segments, and when.
 *
 * @param engine which of Druid's engines
 * @param skipOffsetFromLatest the newest rows stay untouched this long (Druid's field of that name, ISO-8601), or
 *     null for Druid's default
 * @param afterIngestion whether the chunks of a run are compacted once they are available
 */
public record Compaction(Engine engine, String skipOffsetFromLatest, boolean afterIngestion) {

    public static final Compaction NONE = new Compaction(Engine.NONE, null, false);

    public Compaction {
        Objects.requireNonNull(engine, "engine");
    }

    /** Druid's compaction engines. */
    public enum Engine {
        NATIVE,
        MSQ,
        NONE
    }
}
