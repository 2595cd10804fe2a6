package sluice.nativeimage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.runtime.configuration.AbstractConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilderCustomizer;

/**
 * Where Quarkus puts its run-time configuration together; in the executable this method of it is replaced by this, which
 * gives the {@linkplain PreparedConfig prepared one}. The build fails where Quarkus no longer has it.
 */
@TargetClass(value = AbstractConfigBuilder.class, onlyWith = Replacement.class)
final class PreparedAtStart {

    /**
     * @param customizer name of a class that Quarkus has generated
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
