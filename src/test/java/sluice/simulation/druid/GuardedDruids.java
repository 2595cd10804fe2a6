package sluice.simulation.druid;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import sluice.platform.druid.ClusterBreaker;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidClusters;
import sluice.platform.druid.DruidException;
import sluice.platform.druid.Outage;

/** Clusters as one process sees them: it asks none that does not answer, as the clients of the real ones do. */
public final class GuardedDruids implements DruidClusters {

    private static final Set<String> LOCAL =
            Set.of("name", "contract", "contractVersion", "objectAccess", "toString", "hashCode", "equals");

    private final DruidClusters target;
    private final Supplier<ClusterBreaker> breaker;

    /** @param breaker of the process */
    public GuardedDruids(DruidClusters target, Supplier<ClusterBreaker> breaker) {
        this.target = target;
        this.breaker = breaker;
    }

    @Override
    public Set<String> names() {
        return target.names();
    }

    @Override
    public Optional<DruidCluster> find(String name) {
        return target.find(name).map(cluster -> guarded(DruidCluster.class, cluster, cluster));
    }

    private <T> T guarded(Class<T> seam, Object service, DruidCluster cluster) {
        return seam.cast(Proxy.newProxyInstance(
                GuardedDruids.class.getClassLoader(), new Class<?>[] {seam}, (proxy, method, arguments) -> {
                    if (LOCAL.contains(method.getName())) {
                        return call(service, method, arguments);
                    }
                    if (method.getName().equals("outage")) {
                        return breaker.get().outage(cluster.name(), () -> answers(cluster));
                    }
                    if (method.getReturnType().isInterface()
                            && method.getReturnType().getPackage() == DruidCluster.class.getPackage()
                            && !method.getReturnType().isSealed()) {
                        return guarded(method.getReturnType(), call(service, method, arguments), cluster);
                    }
                    return asked(service, method, arguments, cluster);
                }));
    }

    private Object asked(Object service, Method method, Object[] arguments, DruidCluster cluster) throws Throwable {
        Optional<Outage> outage = breaker.get().outage(cluster.name(), () -> answers(cluster));
        if (outage.isPresent()) {
            throw new DruidException(
                    DruidException.Code.UNAVAILABLE,
                    cluster.name(),
                    outage.get().message());
        }
        try {
            return call(service, method, arguments);
        } catch (DruidException exception) {
            if (isNoAnswer(exception)) {
                breaker.get()
                        .unanswered(cluster.name(), String.valueOf(exception.getMessage()), () -> answers(cluster));
            }
            throw exception;
        }
    }

    private static boolean answers(DruidCluster cluster) {
        try {
            cluster.version();
            return true;
        } catch (DruidException exception) {
            return !isNoAnswer(exception);
        }
    }

    private static boolean isNoAnswer(DruidException exception) {
        return exception.code() == DruidException.Code.TIMED_OUT || exception.code() == DruidException.Code.UNAVAILABLE;
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }
}
