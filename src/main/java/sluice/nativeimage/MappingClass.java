package sluice.nativeimage;

import io.smallrye.config.ConfigMappingContext;
import io.smallrye.config.ConfigMappingLoader;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;

/** The class that SmallRye Config has generated for a mapping. */
final class MappingClass {

    private MappingClass() {}

    /** Names, after the prefix, and defaults; a property without a default has null. */
    @SuppressWarnings("unchecked")
    static Map<String, String> properties(Class<?> type) {
        try {
            return (Map<String, String>)
                    implementation(type).getMethod("getProperties").invoke(null);
        } catch (ReflectiveOperationException exception) {
            throw new IllegalStateException(exception);
        }
    }

    /** How instances are made; open to everybody. */
    static Constructor<?> constructor(Class<?> type) {
        try {
            Constructor<?> constructor = implementation(type).getConstructor(ConfigMappingContext.class);
            constructor.setAccessible(true);
            return constructor;
        } catch (NoSuchMethodException exception) {
            throw new IllegalStateException(exception);
        }
    }

    /** What the constructor makes; what it throws is thrown as it is. */
    static Object instance(Constructor<?> constructor, ConfigMappingContext context) {
        try {
            return constructor.newInstance(context);
        } catch (InvocationTargetException exception) {
            if (exception.getCause() instanceof Error error) {
                throw error;
            }
            throw exception.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException(exception.getCause());
        } catch (ReflectiveOperationException exception) {
            throw new IllegalStateException(exception);
        }
    }

    private static Class<?> implementation(Class<?> type) {
        return ConfigMappingLoader.ensureLoaded(type).implementation();
    }
}
