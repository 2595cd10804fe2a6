package sluice.startup;

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
                    ConfigMappingLoader.ensureLoaded(type).getProperties().invoke();
        } catch (Throwable thrown) {
            throw unchecked(thrown);
        }
    }

    /** How instances are made; open to everybody. */
    static Constructor<?> constructor(Class<?> type) {
        try {
            Constructor<?> constructor =
                    ConfigMappingLoader.ensureLoaded(type).implementation().getConstructor(ConfigMappingContext.class);
            constructor.setAccessible(true);
            return constructor;
        } catch (NoSuchMethodException exception) {
            throw new IllegalStateException(exception);
        }
    }

    /** @param constructor of the type; null for the one that is found now */
    static Object instance(Class<?> type, Constructor<?> constructor, ConfigMappingContext context) {
        try {
            return (constructor != null ? constructor : constructor(type)).newInstance(context);
        } catch (InvocationTargetException exception) {
            throw unchecked(exception.getCause());
        } catch (ReflectiveOperationException exception) {
            throw new IllegalStateException(exception);
        }
    }

    private static RuntimeException unchecked(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException exception ? exception : new IllegalStateException(thrown);
    }
}
