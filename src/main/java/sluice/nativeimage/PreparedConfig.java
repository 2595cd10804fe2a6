package sluice.nativeimage;

import io.quarkus.runtime.ImageMode;
import io.quarkus.runtime.configuration.AbstractConfigBuilder;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.ConfigurableConfigSource;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilderCustomizer;
import io.smallrye.config.SysPropConfigSource;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Builds Quarkus' run-time configuration together with the executable.
 *
 * <p>Quarkus maps some six hundred properties of its extensions each time a function starts, whether or not anybody sets
 * them. A property that nobody sets at run time keeps the value that it had at build time. So the executable holds those
 * mappings, and the sources, converters, interceptors and defaults that Quarkus has recorded. If the environment sets a
 * property of a mapping, Quarkus maps that one at the start. If a profile, a file or a further source could set any
 * property, Quarkus maps them all.
 *
 * <p>Quarkus treats configuration that is fixed at build time in the same way. On the JVM nothing is prepared.
 *
 * <p>Saves 11 to 16 ms of a function's first response, and 3.0 to 4.5 MB ({@code infra/bench/startup}, 2026-11-27).
 */
final class PreparedConfig {

    private static final String RUNTIME_CONFIG = "io.quarkus.runtime.generated.RunTimeConfig";

    /** Fields of a builder that {@link #give} carries over, that belong to the process, or that {@link RuntimeSettings} covers. */
    private static final Set<String> CARRIED_OVER = Set.of(
            "sources",
            "converters",
            "interceptors",
            "defaultValues",
            "secretKeys",
            "profiles",
            "mappingsBuilder",
            "addDefaultInterceptors",
            // They belong to the running process.
            "classLoader",
            "customizers",
            // The environment, system properties and files.
            "addDefaultSources",
            "sourceProviders");

    /** Reads {@code .env} files. If there is one at run time, the prepared configuration is not used. */
    private static final String DOT_ENV = "io.smallrye.config.DotEnvConfigSourceProvider";

    /** Made while the executable is built; null on the JVM. It must follow the constants that its constructor reads. */
    private static final PreparedConfig PREPARED =
            ImageMode.current() == ImageMode.NATIVE_BUILD ? new PreparedConfig() : null;

    private final List<PreparedMapping> mappings = new ArrayList<>();
    /** Mappings that are ours or depend on the process. Quarkus maps them at each start. */
    private final List<ConfigClass> unprepared = new ArrayList<>();

    private final List<ConfigSource> sources;
    private final Map<?, ?> converters;
    private final Collection<?> interceptors;
    private final Collection<?> secretKeys;
    private final List<String> profiles;

    private PreparedConfig() {
        // Quarkus' generated classes load other classes by it.
        Thread.currentThread().setContextClassLoader(PreparedConfig.class.getClassLoader());
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder();
        AbstractConfigBuilder.withCustomizer(builder, RUNTIME_CONFIG);
        List<ConfigClass> ours = new ArrayList<>();
        builder.withCustomizers(new OnlyWhatIsRecorded(ours));
        SmallRyeConfig config = builder.build();
        requireThatAllIsCarriedOver(builder);
        converters = builder.getConverters();
        interceptors = List.copyOf(builder.getInterceptors());
        secretKeys = List.copyOf(builder.getSecretKeys());
        profiles = List.copyOf(builder.getProfiles());
        Map<String, String> defaults = new HashMap<>(builder.getDefaultValues());
        Map<ConfigClass, Object> fixed = builder.getMappingsBuilder().getMappingsInstances();
        fixed.forEach((mapping, instance) -> mappings.add(PreparedMapping.fixed(mapping, instance)));
        for (ConfigClass mapping : builder.getMappingsBuilder().getMappings()) {
            if (fixed.containsKey(mapping)) {
                continue;
            }
            Object instance = config.getConfigMapping(mapping.getType(), mapping.getPrefix());
            PreparedMapping.of(mapping, instance, builder.getDefaultValues())
                    .ifPresentOrElse(mappings::add, () -> unprepared.add(mapping));
        }
        for (ConfigClass mapping : ours) {
            withoutEnvironment(config, mapping)
                    .flatMap(instance -> PreparedMapping.of(mapping, instance, builder.getDefaultValues()))
                    .ifPresentOrElse(mappings::add, () -> unprepared.add(mapping));
        }
        // Every look-up of any property would be compared with these.
        mappings.forEach(
                mapping -> defaults.keySet().removeAll(mapping.defaultsOfMaps().keySet()));
        List<ConfigSource> all = new ArrayList<>();
        // SmallRye recognises a configurable source by its type.
        builder.getSources()
                .forEach(source ->
                        all.add(source instanceof ConfigurableConfigSource ? source : QuietSource.of(source)));
        all.add(QuietSource.ofDefaults(defaults));
        sources = List.copyOf(all);
    }

    /** Nothing where a property of the mapping has no value yet, because the function's environment has to set it. */
    private static Optional<Object> withoutEnvironment(SmallRyeConfig config, ConfigClass mapping) {
        try {
            ConfigMappings.registerConfigMappings(config, Set.of(mapping));
            return Optional.of(config.getConfigMapping(mapping.getType(), mapping.getPrefix()));
        } catch (ConfigValidationException exception) {
            return Optional.empty();
        }
    }

    /** The mapping as the executable has it. Only while the executable is built. */
    static <T> T mapping(Class<T> type) {
        return PREPARED.mappings.stream()
                .map(PreparedMapping::instance)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow();
    }

    /** Gives the builder the prepared configuration. Returns false, and does nothing, if it does not hold for this process. */
    static boolean isGivenTo(SmallRyeConfigBuilder builder) {
        RuntimeSettings settings = RuntimeSettings.ofThisProcess();
        if (PREPARED == null || settings.mayComeFromElsewhere()) {
            return false;
        }
        PREPARED.give(builder, settings);
        return true;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private void give(SmallRyeConfigBuilder builder, RuntimeSettings settings) {
        builder.addDefaultInterceptors().withProfiles(profiles);
        builder.withSources(new EnvConfigSource(System.getenv(), EnvConfigSource.ORDINAL), new SysPropConfigSource());
        ((Map) builder.getConverters()).putAll(converters);
        ((Collection) builder.getInterceptors()).addAll(interceptors);
        ((Collection) builder.getSecretKeys()).addAll(secretKeys);
        SmallRyeConfigBuilder.MappingBuilder mapped = builder.getMappingsBuilder();
        mapped.getMappings().addAll(unprepared);
        List<String> prefixes = new ArrayList<>();
        for (PreparedMapping prepared : mappings) {
            if (prepared.holdsFor(settings)) {
                mapped.getMappingsInstances().put(prepared.mapping(), prepared.instance());
            } else {
                prefixes.add(prepared.mapping().getPrefix());
                mapped.getMappings().add(prepared.mapping());
                builder.getDefaultValues().putAll(prepared.defaultsOfMaps());
            }
        }
        for (ConfigSource source : sources) {
            builder.withSources(source instanceof QuietSource quiet ? quiet.listing(prefixes) : source);
        }
    }

    /** Fails the build if a version of Quarkus configures something that {@link #give} would drop. */
    private static void requireThatAllIsCarriedOver(SmallRyeConfigBuilder builder) {
        SmallRyeConfigBuilder untouched = new SmallRyeConfigBuilder();
        Map<String, Object> forgotten = new TreeMap<>();
        try {
            for (Field field : SmallRyeConfigBuilder.class.getDeclaredFields()) {
                field.setAccessible(true);
                if (!CARRIED_OVER.contains(field.getName())
                        && !String.valueOf(field.get(builder)).equals(String.valueOf(field.get(untouched)))) {
                    forgotten.put(field.getName(), field.get(builder));
                }
            }
        } catch (IllegalAccessException exception) {
            throw new IllegalStateException(exception);
        }
        if (!forgotten.isEmpty()) {
            throw new IllegalStateException(PreparedConfig.class.getName() + " does not carry over " + forgotten);
        }
    }

    /** Keeps the environment of the build out of the prepared configuration. */
    private static final class OnlyWhatIsRecorded implements SmallRyeConfigBuilderCustomizer {

        private final List<ConfigClass> ours;

        /** @param ours gets our mappings, which the builder's configuration is made without */
        OnlyWhatIsRecorded(List<ConfigClass> ours) {
            this.ours = ours;
        }

        @Override
        public int priority() {
            return Integer.MAX_VALUE;
        }

        @Override
        public void configBuilder(SmallRyeConfigBuilder builder) {
            builder.setAddDefaultSources(false);
            for (Object provider : builder.getSourceProviders()) {
                if (!provider.getClass().getName().equals(DOT_ENV)) {
                    throw new IllegalStateException(PreparedConfig.class.getName() + " does not carry over "
                            + provider.getClass().getName());
                }
            }
            builder.getSourceProviders().clear();
            Set<ConfigClass> all = builder.getMappingsBuilder().getMappings();
            all.stream()
                    .filter(mapping -> (mapping.getPrefix() + ".").startsWith(PreparedMapping.OWN + "."))
                    .forEach(ours::add);
            ours.forEach(all::remove);
        }
    }
}
