package sluice.platform.environment;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Which environment this is ({@code SLUICE_ENVIRONMENT}). */
@ConfigMapping(prefix = "sluice")
public interface EnvironmentSettings {

    /** Name of the environment, part of every event's {@code source} and a dimension of every metric. */
    @WithDefault("default")
    String environment();
}
