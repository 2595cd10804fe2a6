package sluice.platform.state;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How {@code poll} handles due items ({@code SLUICE_POLL_...}). */
@ConfigMapping(prefix = "sluice.poll")
public interface PollSettings {

    /** Shortest interval between two checks of the same item. */
    @WithDefault("PT1S")
    Duration minInterval();

    /** Longest interval between two checks of the same item. */
    @WithDefault("PT5M")
    Duration maxInterval();

    /** When {@code poll} republishes the event of a planned run that is not submitted yet. */
    @WithDefault("PT1M")
    Duration retryDelay();

    /** Maximum due items per tick; the rest stays due. */
    @WithDefault("16000")
    int maxItems();

    /** A tick goes on while something becomes due within this time: the interval of the schedule. Zero handles only what is due. */
    @WithDefault("PT1M")
    Duration lookAhead();

    /** A tick starts no further check after this time; the rest stays due. */
    @WithDefault("PT45S")
    Duration timeLimit();
}
