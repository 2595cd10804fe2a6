package sluice.nativeimage;

import io.quarkus.runtime.ImageMode;
import io.quarkus.runtime.configuration.AbstractConfigBuilder;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.DefaultValuesConfigSource;
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
 * Quarkus' run-time configuration, put together while the executable is built, and not at every start.
 *
 * <p>At a start Quarkus maps some six hundred properties of its extensions, whether anybody sets them or not, and that was
 * half of a function's start. What nobody sets at run time has the value that it had at build time: those mappings, and
 * the sources, converters, interceptors and defaults that Quarkus has recorded, are taken from the executable. A mapping
 * with a property that is set in the environment is mapped as ever, and so are all where there is a file or a profile that
 * could set any of them.
 *
 * <p>Quarkus does the same for the configuration that is fixed at build time. On the JVM nothing is prepared.
 */
final class PreparedConfig {

    private static final String RUNTIME_CONFIG = "io.quarkus.runtime.generated.RunTimeConfig";

    /** What of a builder is carried over, or is looked at by {@link RuntimeSettings}. */
    private static final Set<String> CARRIED_OVER = Set.of(
            "sources",
            "converters",
            "interceptors",
            "defaultValues",
            "secretKeys",
            "profiles",
            "mappingsBuilder",
            "addDefaultInterceptors",
            // Of the running process.
            "classLoader",
            "customizers",
            // The environment, system properties and files.
            "addDefaultSources",
            "sourceProviders");

    /** Files of variables: none are there, or nothing is taken from here. */
    private static final String DOT_ENV = "io.smallrye.config.DotEnvConfigSourceProvider";

    /** In an executable it holds what was made when that was built; null elsewhere. After what it is made with. */
    private static final PreparedConfig PREPARED =
            ImageMode.current() == ImageMode.NATIVE_BUILD ? new PreparedConfig() : null;

    private final List<PreparedMapping> mappings = new ArrayList<>();
    /** Mapped at each start: they need a property that the environment has to set, or depend on the process. */
    private final List<ConfigClass> unprepared = new ArrayList<>();

    private final List<ConfigSource> sources;
    private final Map<?, ?> converters;
    private final Collection<?> interceptors;
    private final Collection<?> secretKeys;
    private final List<String> profiles;

    private PreparedConfig() {
        // Quarkus' generated classes load others by it.
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
        sources = new ArrayList<>(builder.getSources());
        sources.add(new DefaultValuesConfigSource(defaults, "defaults", DefaultValuesConfigSource.ORDINAL));
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

    /** Whether the builder has been given the prepared configuration; false where it does not hold for this process. */
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
        for (PreparedMapping prepared : mappings) {
            if (prepared.holdsFor(settings)) {
                mapped.getMappingsInstances().put(prepared.mapping(), prepared.instance());
            } else {
                mapped.getMappings().add(prepared.mapping());
                builder.getDefaultValues().putAll(prepared.defaultsOfMaps());
            }
        }
        builder.withSources(sources);
    }

    /** Another version of Quarkus may set what this one does not: better no executable than one that forgets it. */
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

    /** The environment of the builder is not that of the function: our mappings may need properties that it does not have. */
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
