package sluice.simulation;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.quarkus.arc.All;
import io.smallrye.config.ConfigMapping;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import sluice.ingest.run.ParallelExecutor;
import sluice.platform.metric.MetricOutput;
import sluice.platform.secrets.FakeSecretSource;
import sluice.platform.secrets.SecretSource;

/**
 * The beans of one process of a function, made by constructor injection without a container: a test gives the seams, and
 * everything else is the real class, but for work on many elements, which is done one after the other. A bean is made when it is first asked for and kept as long as this object, so a new
 * object is a cold start.
 */
public final class Beans {

    private static final Map<Class<?>, Recipe> RECIPES = new ConcurrentHashMap<>();
    private static final Map<Map<String, String>, Map<Class<?>, Object>> SETTINGS = new ConcurrentHashMap<>();
    /** More than a process has beans. */
    private static final int MOST_BEANS = 1_024;

    /** Reads and writes as the mapper does that Quarkus gives the functions. */
    public static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Map<Class<?>, Object> instances = new HashMap<>(MOST_BEANS);
    private final Map<Class<?>, Class<?>> replaced = new HashMap<>();
    private final Map<String, String> properties;
    /** Values of settings, converted once for all processes with the same properties; by mapping. */
    private final Map<Class<?>, Object> settings;

    private final Set<Class<?>> making = new LinkedHashSet<>();

    /** @param properties values of settings by property name, such as {@code sluice.table}; defaults apply to the others */
    public Beans(Map<String, String> properties) {
        this.properties = Map.copyOf(properties);
        this.settings = SETTINGS.computeIfAbsent(this.properties, any -> new ConcurrentHashMap<>());
        instances.put(ObjectMapper.class, MAPPER);
        instances.put(ParallelExecutor.class, new InlineExecutor());
        instances.put(SecretSource.class, new FakeSecretSource());
        instances.put(MetricOutput.class, (MetricOutput) line -> {});
    }

    /** Gives the instance for everything that asks for this type. */
    public <T> Beans with(Class<T> type, T instance) {
        instances.put(type, instance);
        return this;
    }

    /** Has a subclass made in place of a bean. */
    public <T> Beans replacing(Class<T> bean, Class<? extends T> by) {
        replaced.put(bean, by);
        return this;
    }

    /**
     * Returns the bean of a type; of an interface, the one class that implements it.
     *
     * @throws IllegalStateException if there is no such bean, more than one, or a cycle of constructors
     */
    public <T> T get(Class<T> type) {
        Object known = instances.get(type);
        if (known != null) {
            return type.cast(known);
        }
        Class<? extends T> found = implementation(type);
        Class<?> bean = replaced.getOrDefault(found, found);
        Object instance = instances.get(bean);
        if (instance == null) {
            instance = made(bean);
            instances.put(bean, instance);
        }
        instances.put(type, instance);
        return type.cast(instance);
    }

    private <T> Class<? extends T> implementation(Class<T> type) {
        if (!type.isInterface() && !Modifier.isAbstract(type.getModifiers())) {
            return type;
        }
        List<Class<? extends T>> candidates = BeanClasses.implementing(type);
        if (candidates.size() != 1) {
            throw new IllegalStateException(
                    type.getName() + " has no single bean, but " + candidates + "; while making " + making);
        }
        return candidates.get(0);
    }

    /** How to make a bean. Reflection is slow, and the simulated world makes a bean anew for each process that starts. */
    private record Recipe(Constructor<?> constructor, List<Function<Beans, Object>> ingredients) {

        static Recipe of(Class<?> bean) {
            Constructor<?> only = Beans.constructor(bean);
            return new Recipe(
                    only,
                    Arrays.stream(only.getParameters()).map(Beans::ingredient).toList());
        }
    }

    private Object made(Class<?> bean) {
        if (!making.add(bean)) {
            throw new IllegalStateException("A cycle of constructors: " + making + " needs " + bean);
        }
        try {
            Recipe recipe = RECIPES.get(bean);
            if (recipe == null) {
                recipe = RECIPES.computeIfAbsent(bean, Recipe::of);
            }
            Object[] arguments = new Object[recipe.ingredients().size()];
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = recipe.ingredients().get(i).apply(this);
            }
            return recipe.constructor().newInstance(arguments);
        } catch (InvocationTargetException failed) {
            throw new IllegalStateException("The constructor of " + bean.getName() + " failed", failed.getCause());
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("No instance of " + bean.getName(), impossible);
        } finally {
            making.remove(bean);
        }
    }

    private static Constructor<?> constructor(Class<?> bean) {
        List<Constructor<?>> all = List.of(bean.getDeclaredConstructors());
        List<Constructor<?>> candidates = all.size() == 1
                ? all
                : all.stream()
                        .filter(each -> each.isAnnotationPresent(Inject.class))
                        .toList();
        if (candidates.size() != 1) {
            throw new IllegalStateException(bean.getName() + " has " + all.size() + " constructors");
        }
        candidates.get(0).setAccessible(true);
        return candidates.get(0);
    }

    private static Function<Beans, Object> ingredient(Parameter parameter) {
        Class<?> type = parameter.getType();
        Type generic = parameter.getParameterizedType();
        if (type == Instance.class) {
            Class<?> element = elementType(generic);
            return beans -> beans.instance(element);
        }
        if (parameter.isAnnotationPresent(All.class)) {
            Class<?> element = elementType(generic);
            return beans -> beans.all(element);
        }
        if (type.isAnnotationPresent(ConfigMapping.class)) {
            return beans -> beans.instances.containsKey(type)
                    ? beans.get(type)
                    : beans.settings.computeIfAbsent(type, any -> DefaultSettings.of(type, beans.properties));
        }
        return beans -> beans.get(type);
    }

    /** All beans of a type, made when they are first iterated. */
    private Instance<?> instance(Class<?> type) {
        return (Instance<?>) Proxy.newProxyInstance(
                Beans.class.getClassLoader(),
                new Class<?>[] {Instance.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "iterator" -> all(type).iterator();
                    case "stream" -> all(type).stream();
                    default -> InvocationHandler.invokeDefault(proxy, method, arguments);
                });
    }

    private List<Object> all(Class<?> type) {
        List<Object> beans = new ArrayList<>();
        BeanClasses.byPriority(type).forEach(each -> beans.add(get(each)));
        return List.copyOf(beans);
    }

    private static Class<?> elementType(Type list) {
        return (Class<?>) ((ParameterizedType) list).getActualTypeArguments()[0];
    }
}
