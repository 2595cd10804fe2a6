package sluice.startup;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.smallrye.config.ConfigMappingLoader;
import java.util.Map;

/**
 * Names of a mapping's properties with their defaults, which environment variables are compared with; in the executable
 * they need no call by reflection. The build fails where SmallRye Config no longer has the method.
 */
@TargetClass(ConfigMappingLoader.class)
final class PreparedProperties {

    @Substitute
    static Map<String, String> configMappingProperties(Class<?> type) {
        Map<String, String> prepared = PreparedConfig.properties(type);
        return prepared != null ? prepared : MappedProperties.of(type);
    }
}
