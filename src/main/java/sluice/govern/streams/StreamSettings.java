package sluice.govern.streams;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of streams ({@code SLUICE_STREAMS_...}). */
@ConfigMapping(prefix = "sluice.streams")
public interface StreamSettings {

    /** How long an operation on a stream may take, with the time that tasks need to publish. */
    @WithDefault("PT1H")
    Duration operationLimit();

    /** How often streams are looked at. */
    @WithDefault("PT5M")
    Duration watch();

    /** How often the messages of each Kafka stream are sampled for drift; {@code PT0S} for never. */
    @WithDefault("PT1H")
    Duration sample();

    /** Number of unread messages above which a stream lags. */
    @WithDefault("100000")
    long maxLag();

    /** How long a stream may lag, with a lag that does not shrink, before it is reported. */
    @WithDefault("PT15M")
    Duration lagPatience();
}
