package sluice.platform.event;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Who publishes events, and where ({@code SLUICE_BUS}, {@code SLUICE_ENVIRONMENT}). */
@ConfigMapping(prefix = "sluice")
public interface EventSettings {

    /** Name of the EventBridge bus. Without it no function starts. */
    String bus();

    /** Name of the environment, part of every event's {@code source}. */
    @WithDefault("default")
    String environment();
}
