package sluice.simulation.world;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidException;
import sluice.platform.event.EventBus;
import sluice.platform.objects.ObjectStore;
import sluice.platform.objects.ObjectStoreException;
import sluice.platform.state.StateException;
import sluice.platform.state.StateTable;

/** Puts a moment before and one after every call that crosses a seam. */
final class Seams {

    /** What is known without asking anybody. */
    private static final Set<String> LOCAL =
            Set.of("name", "contractVersion", "objectAccess", "presignedGet", "toString", "hashCode", "equals");

    private static final Map<Method, String> NAMES = new ConcurrentHashMap<>();

    private Faults faults = Faults.NONE;
    private int calls;
    private boolean dead;

    void faults(Faults next) {
        faults = next;
    }

    Faults faults() {
        return faults;
    }

    /** How many calls have crossed. */
    int calls() {
        return calls;
    }

    /** Whether the process that calls has died: none of its calls goes through any more. */
    boolean isDead() {
        return dead;
    }

    void dead(boolean is) {
        dead = is;
    }

    <T> T watched(Class<T> seam, T target) {
        return seam.cast(Proxy.newProxyInstance(
                Seams.class.getClassLoader(), new Class<?>[] {seam}, (proxy, method, arguments) -> {
                    if (LOCAL.contains(method.getName())) {
                        return call(target, method, arguments);
                    }
                    if (method.getReturnType().isInterface()
                            && method.getReturnType().getPackage() == DruidCluster.class.getPackage()
                            && !method.getReturnType().isSealed()) {
                        return watched(uncheckedInterface(method.getReturnType()), call(target, method, arguments));
                    }
                    return crossing(seam, target, method, arguments);
                }));
    }

    @SuppressWarnings("unchecked") // the interface that the method returns is what it returns
    private static Class<Object> uncheckedInterface(Class<?> type) {
        return (Class<Object>) type;
    }

    private Object crossing(Class<?> seam, Object target, Method method, Object[] arguments) throws Throwable {
        String name = NAMES.computeIfAbsent(method, any -> seam.getSimpleName() + "." + any.getName());
        int number = ++calls;
        IoPoint before = new IoPoint(number, name, IoPoint.When.BEFORE);
        if (dead) {
            throw new Killed(before);
        }
        switch (faults.at(before)) {
            case NONE -> {}
            case KILL -> throw killed(before);
            case ERROR -> {
                return failed(seam, before);
            }
        }
        Object answer = call(target, method, arguments);
        IoPoint after = new IoPoint(number, name, IoPoint.When.AFTER);
        return switch (faults.at(after)) {
            case NONE -> answer;
            case KILL -> throw killed(after);
            case ERROR -> failed(seam, after);
        };
    }

    private Killed killed(IoPoint point) {
        dead = true;
        return new Killed(point);
    }

    /** The error of each seam; the bus tells it by confirming nothing. */
    private static Object failed(Class<?> seam, IoPoint point) {
        if (seam == EventBus.class) {
            return List.of();
        }
        if (seam == StateTable.class) {
            throw new StateException(StateException.Code.TIMED_OUT, "no answer " + point);
        }
        if (seam == ObjectStore.class) {
            throw new ObjectStoreException(ObjectStoreException.Code.UNAVAILABLE, "no answer " + point);
        }
        throw new DruidException(DruidException.Code.TIMED_OUT, "main", "no answer " + point);
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }
}
