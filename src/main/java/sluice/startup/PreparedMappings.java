package sluice.startup;

import io.quarkus.runtime.ImageMode;
import io.quarkus.runtime.configuration.AbstractConfigBuilder;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilderCustomizer;
import java.util.ArrayList;
import java.util.List;

/**
 * Maps the run-time configuration of Quarkus' extensions while the executable is built, and not at every start.
 *
 * <p>Quarkus maps some six hundred properties at a start, whether anybody sets them or not, and that was half of a
 * function's start. What nobody sets at run time has the value that it had at build time: those mappings are taken from
 * the executable. A mapping with a property that is set in the environment is mapped as ever, and so are all where there
 * is a file or a profile that could set any of them.
 *
 * <p>Quarkus does the same for the configuration that is fixed at build time. On the JVM nothing is prepared.
 */
public final class PreparedMappings implements SmallRyeConfigBuilderCustomizer {

    /** Null while it is being made. In an executable it holds what was made when that was built. */
    private static final List<PreparedMapping> PREPARED = prepare();

    /** After the customizers that add the mappings. */
    @Override
    public int priority() {
        return Integer.MAX_VALUE;
    }

    @Override
    public void configBuilder(SmallRyeConfigBuilder builder) {
        if (PREPARED == null) {
            // Only what is recorded in the executable: the environment of the builder is not that of the function.
            builder.setAddDefaultSources(false);
            builder.getSourceProviders().clear();
        } else if (!PREPARED.isEmpty()) {
            usePrepared(builder, RuntimeSettings.ofThisProcess());
        }
    }

    private static void usePrepared(SmallRyeConfigBuilder builder, RuntimeSettings settings) {
        if (settings.mayComeFromElsewhere()) {
            return;
        }
        List<PreparedMapping> used = new ArrayList<>();
        SmallRyeConfigBuilder.MappingBuilder mappings = builder.getMappingsBuilder();
        for (PreparedMapping prepared : PREPARED) {
            if (prepared.holdsFor(settings) && mappings.getMappings().remove(prepared.mapping())) {
                mappings.getMappingsInstances().put(prepared.mapping(), prepared.instance());
                used.add(prepared);
            }
        }
        // Defaults of maps, which every look-up of any property would be compared with.
        builder.getDefaultValues().keySet().removeIf(name -> name.contains("*") && isOwned(used, name));
        builder.withInterceptorFactories(new HiddenNames(name -> isOwned(used, name)));
        // Without those on the class path, which were read and recorded when the executable was built.
        builder.setAddDefaultSources(false).setAddSystemSources(true);
    }

    private static boolean isOwned(List<PreparedMapping> mappings, String property) {
        for (PreparedMapping mapping : mappings) {
            if (mapping.owns(property)) {
                return true;
            }
        }
        return false;
    }

    private static List<PreparedMapping> prepare() {
        if (ImageMode.current() != ImageMode.NATIVE_BUILD) {
            return List.of();
        }
        // Quarkus' generated classes load others by it.
        Thread.currentThread().setContextClassLoader(PreparedMappings.class.getClassLoader());
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder();
        AbstractConfigBuilder.withCustomizer(builder, "io.quarkus.runtime.generated.RunTimeConfig");
        SmallRyeConfig config = builder.build();
        List<PreparedMapping> prepared = new ArrayList<>();
        for (ConfigClass mapping : builder.getMappingsBuilder().getMappings()) {
            Object instance = config.getConfigMapping(mapping.getType(), mapping.getPrefix());
            PreparedMapping.of(mapping, instance).ifPresent(prepared::add);
        }
        return List.copyOf(prepared);
    }
}
