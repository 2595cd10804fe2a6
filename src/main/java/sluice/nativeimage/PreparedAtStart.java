package sluice.nativeimage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.runtime.configuration.AbstractConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilderCustomizer;

/**
 * Replaces the method by which Quarkus assembles its run-time configuration. The replacement uses the
 * {@linkplain PreparedConfig prepared configuration} if it holds for the process, and otherwise does what the original does.
 */
@TargetClass(value = AbstractConfigBuilder.class, onlyWith = Replacement.class)
final class PreparedAtStart {

    /**
     * @param customizer name of a generated class that configures the builder
     */
    @Substitute
    public static void withCustomizer(SmallRyeConfigBuilder builder, String customizer) {
        if (PreparedConfig.isGivenTo(builder)) {
            return;
        }
        try {
            Object instance = builder.getClassLoader()
                    .loadClass(customizer)
                    .getDeclaredConstructor()
                    .newInstance();
            ((SmallRyeConfigBuilderCustomizer) instance).configBuilder(builder);
        } catch (ReflectiveOperationException exception) {
            throw new IllegalStateException(exception);
        }
    }
}
