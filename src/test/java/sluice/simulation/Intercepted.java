package sluice.simulation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import sluice.platform.druid.DruidCluster;

/** A seam whose calls a test answers itself, changes or repeats. The services of a Druid cluster are intercepted too. */
public final class Intercepted {

    private static final Map<Method, String> NAMES = new ConcurrentHashMap<>();

    private Intercepted() {}

    /** The call as it would be without interception. */
    @FunctionalInterface
    public interface Original {

        /** Makes the call with these arguments. */
        Object call(Object... arguments) throws Throwable;
    }

    /** Stands between the caller and the seam. */
    @FunctionalInterface
    public interface Interceptor {

        /**
         * Answers a call.
         *
         * @param name interface and method, such as {@code DruidTasks.submit}
         */
        Object answer(String name, Object[] arguments, Original original) throws Throwable;
    }

    /** Returns the seam with an interceptor before it. */
    public static <T> T of(Class<T> seam, Object target, Interceptor interceptor) {
        return seam.cast(Proxy.newProxyInstance(
                Intercepted.class.getClassLoader(), new Class<?>[] {seam}, (proxy, method, arguments) -> {
                    Original original = changed -> call(target, method, changed);
                    Object[] given = arguments == null ? new Object[0] : arguments;
                    return isService(method)
                            ? of(method.getReturnType(), original.call(given), interceptor)
                            : interceptor.answer(name(method), given, original);
                }));
    }

    private static boolean isService(Method method) {
        return method.getReturnType().isInterface()
                && method.getReturnType().getPackage() == DruidCluster.class.getPackage()
                && !method.getReturnType().isSealed();
    }

    private static String name(Method method) {
        return NAMES.computeIfAbsent(method, any -> any.getDeclaringClass().getSimpleName() + "." + any.getName());
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }
}
