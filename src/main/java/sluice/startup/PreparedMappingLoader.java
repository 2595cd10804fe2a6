package sluice.startup;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.smallrye.config.ConfigMappingContext;
import io.smallrye.config.ConfigMappingLoader;
import java.lang.reflect.Constructor;
import java.util.Map;

/**
 * What SmallRye Config asks of the class that it has generated for a mapping. In the executable the answers are at hand,
 * where its own handles have to be resolved by reflection first. The build fails where it no longer has the methods.
 */
@TargetClass(value = ConfigMappingLoader.class, onlyWith = Replacement.class)
final class PreparedMappingLoader {

    /** Names, which environment variables are compared with, and defaults. */
    @Substitute
    static Map<String, String> configMappingProperties(Class<?> type) {
        Map<String, String> prepared = PreparedConfig.properties(type);
        return prepared != null ? prepared : MappingClass.properties(type);
    }

    @Substitute
    static <T> T configMappingObject(Class<T> type, ConfigMappingContext context) {
        Constructor<?> prepared = PreparedConfig.constructor(type);
        return type.cast(MappingClass.instance(prepared != null ? prepared : MappingClass.constructor(type), context));
    }
}
