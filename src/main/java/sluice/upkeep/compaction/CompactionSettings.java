package sluice.upkeep.compaction;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How compaction is retried and watched ({@code SLUICE_COMPACTION_...}). */
@ConfigMapping(prefix = "sluice.compaction")
public interface CompactionSettings {

    /** First delay before a time chunk that waits for compaction is checked again; delays grow up to 30 minutes. */
    @WithDefault("PT1M")
    Duration retryDelay();

    /** How often the progress of Druid's automatic compaction is checked. */
    @WithDefault("PT15M")
    Duration watch();

    /** How long automatic compaction may make no progress before that is reported. */
    @WithDefault("PT6H")
    Duration patience();
}
