package sluice.simulation;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Settings of an environment that says nothing but what it has to, or what a test needs beside that. */
public final class DefaultSettings {

    /** What has no default, so that nothing starts without it. */
    private static final Map<String, String> REQUIRED = Map.of(
            "sluice.table", "sluice",
            "sluice.bus", "sluice",
            "sluice.definitions", "s3://sluice/definitions/");

    private static final Map<Asked, Object> KNOWN = new ConcurrentHashMap<>();

    private DefaultSettings() {}

    private record Asked(Class<?> mapping, Map<String, String> properties) {}

    /** Returns the mapping with its defaults. */
    public static <T> T of(Class<T> mapping) {
        return of(mapping, Map.of());
    }

    /**
     * Returns the mapping with some properties set.
     *
     * @param properties by their names, such as {@code sluice.poll.max-items}; those of other mappings do no harm
     */
    public static <T> T of(Class<T> mapping, Map<String, String> properties) {
        return mapping.cast(
                KNOWN.computeIfAbsent(new Asked(mapping, Map.copyOf(properties)), asked -> new SmallRyeConfigBuilder()
                        .addDiscoveredConverters()
                        .withDefaultValues(REQUIRED)
                        .withDefaultValues(asked.properties())
                        .withMapping(mapping)
                        .withValidateUnknown(false)
                        .build()
                        .getConfigMapping(mapping)));
    }
}
