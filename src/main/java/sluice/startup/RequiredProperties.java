package sluice.startup;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.arc.runtime.ConfigRecorder;
import io.quarkus.arc.runtime.ConfigRecorder.ConfigValidationMetadata;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.inject.spi.DeploymentException;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * At a start Quarkus reads and converts each property that is injected anywhere. In the executable it looks for those that
 * have to be set; what a value looks like shows where it is used. The build fails where Quarkus no longer has the method.
 */
@TargetClass(value = ConfigRecorder.class, onlyWith = Replacement.class)
final class RequiredProperties {

    /** @throws DeploymentException when one is missing; it names them all */
    @Substitute
    public void validateConfigProperties(Set<ConfigValidationMetadata> properties) {
        Config config = ConfigProvider.getConfig();
        Set<String> missing = new TreeSet<>();
        for (ConfigValidationMetadata property : properties) {
            boolean isRequired = property.getDefaultValue() == null
                    && !property.getRawTypeName().startsWith("java.util.Optional");
            String name = property.getName();
            if (isRequired && config.getOptionalValue(name, String.class).isEmpty()) {
                missing.add(RuntimeSettings.variable(name) + " (" + name + ")");
            }
        }
        if (!missing.isEmpty()) {
            throw new DeploymentException(
                    new ConfigurationException("Not set: " + String.join(", ", missing), missing));
        }
    }
}
