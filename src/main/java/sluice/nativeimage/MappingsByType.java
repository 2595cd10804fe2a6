package sluice.nativeimage;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.smallrye.config.SmallRyeConfig;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * A mapping that is asked for by its type alone is the one that there is. The original reads its prefix from the annotation
 * of the type, by reflection. The build fails where the library no longer has the method or keeps mappings elsewhere.
 */
@TargetClass(SmallRyeConfig.class)
final class MappingsByType {

    /** By their prefixes. */
    @Alias
    private Map<Class<?>, Map<String, Object>> mappings;

    @Substitute
    public <T> T getConfigMapping(Class<T> type) {
        Map<String, Object> ofType = mappings.get(type);
        if (ofType == null || ofType.size() != 1) {
            throw new NoSuchElementException("not one mapping of " + type + ", but " + ofType);
        }
        return type.cast(ofType.values().iterator().next());
    }
}
