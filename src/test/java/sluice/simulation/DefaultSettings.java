package sluice.simulation;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** Settings of an environment that says nothing about them, or only what a test needs. */
public final class DefaultSettings {

    private DefaultSettings() {}

    /** Returns the mapping with its defaults. */
    public static <T> T of(Class<T> mapping) {
        return of(mapping, Map.of());
    }

    /**
     * Returns the mapping with some properties set.
     *
     * @param properties by their names, such as {@code sluice.poll.max-items}
     */
    public static <T> T of(Class<T> mapping, Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .withMapping(mapping)
                .build()
                .getConfigMapping(mapping);
    }
}
