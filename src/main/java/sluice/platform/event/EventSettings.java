package sluice.platform.event;

import io.smallrye.config.ConfigMapping;

/** Where events are published ({@code SLUICE_BUS}). */
@ConfigMapping(prefix = "sluice")
public interface EventSettings {

    /** Name of the EventBridge bus. Without it no function starts. */
    String bus();
}
