package sluice.startup;

import io.smallrye.config.ConfigMappingLoader;
import java.util.Map;

/** What SmallRye Config has generated for a mapping. */
final class MappedProperties {

    private MappedProperties() {}

    /** Names, after the prefix, and defaults; a property without a default has null. */
    @SuppressWarnings("unchecked")
    static Map<String, String> of(Class<?> type) {
        try {
            return (Map<String, String>)
                    ConfigMappingLoader.ensureLoaded(type).getProperties().invoke();
        } catch (Error | RuntimeException thrown) {
            throw thrown;
        } catch (Throwable thrown) {
            throw new IllegalStateException(thrown);
        }
    }
}
