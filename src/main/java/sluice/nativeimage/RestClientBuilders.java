package sluice.nativeimage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.jaxrs.client.reactive.runtime.JaxrsClientReactiveRecorder;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.rest.client.reactive.runtime.DefaultClientHeadersRequestFilter;
import io.quarkus.rest.client.reactive.runtime.MicroProfileRestClientRequestFilter;
import io.quarkus.rest.client.reactive.runtime.MicroProfileRestClientResponseFilter;
import io.quarkus.rest.client.reactive.runtime.QuarkusRestClientBuilderImpl;
import io.quarkus.rest.client.reactive.runtime.RestClientBuilderImpl;
import io.quarkus.runtime.ImageMode;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import java.lang.reflect.Field;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.rest.client.spi.RestClientBuilderListener;
import org.eclipse.microprofile.rest.client.spi.RestClientListener;
import org.jboss.resteasy.reactive.common.jaxrs.ConfigurationImpl;

/**
 * What Quarkus looks up for each client that it builds: who is told of it, among services, how early the filters run that
 * it gives to every client, and what its parameters are, by their annotations. All are found when the executable is built.
 * The build fails where Quarkus no longer has these methods.
 */
final class RestClientBuilders {

    private static final List<RestClientBuilderListener> OF_BUILDERS = found(RestClientBuilderListener.class);
    private static final List<RestClientListener> OF_CLIENTS = found(RestClientListener.class);

    private static final Map<Class<?>, Integer> PRIORITIES = Stream.of(
                    MicroProfileRestClientRequestFilter.class,
                    MicroProfileRestClientResponseFilter.class,
                    DefaultClientHeadersRequestFilter.class)
            .collect(Collectors.toUnmodifiableMap(filter -> filter, RestClientBuilders::priority));

    static {
        if (ImageMode.current() == ImageMode.NATIVE_BUILD) {
            JaxrsClientReactiveRecorder.getClientProxies()
                    .getClientData()
                    .clientClasses
                    .forEach(RestClientBuilders::readParameters);
        }
    }

    private RestClientBuilders() {}

    private static int priority(Class<?> filter) {
        Priority priority = filter.getDeclaredAnnotation(Priority.class);
        return priority == null ? Priorities.USER : priority.value();
    }

    private static <T> List<T> found(Class<T> service) {
        return ImageMode.current() == ImageMode.NATIVE_BUILD
                ? ServiceLoader.load(service).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList()
                : List.of();
    }

    /** A generated client keeps what it has read of a method's parameters in its static fields. */
    private static void readParameters(Class<?> api) {
        try {
            Class<?> client = Class.forName(api.getName() + "$$QuarkusRestClientInterface");
            for (Field field : client.getDeclaredFields()) {
                if (Supplier.class.isAssignableFrom(field.getType())) {
                    field.setAccessible(true);
                    ((Supplier<?>) field.get(null)).get();
                }
            }
        } catch (ReflectiveOperationException exception) {
            throw new IllegalStateException("Quarkus makes clients of another kind", exception);
        }
    }

    @TargetClass(QuarkusRestClientBuilder.class)
    interface Builder {

        @Substitute
        static QuarkusRestClientBuilder newBuilder() {
            RestClientBuilderImpl builder = new RestClientBuilderImpl();
            for (RestClientBuilderListener listener : OF_BUILDERS) {
                listener.onNewBuilder(builder);
            }
            return new QuarkusRestClientBuilderImpl(builder);
        }
    }

    @TargetClass(className = "io.quarkus.rest.client.reactive.runtime.RestClientListeners")
    static final class Listeners {

        @Substitute
        static Collection<RestClientListener> get() {
            return OF_CLIENTS;
        }
    }

    @TargetClass(ConfigurationImpl.class)
    static final class Filters {

        @Substitute
        private int determinePriority(Class<?> filter) {
            Integer prepared = PRIORITIES.get(filter);
            return prepared == null ? priority(filter) : prepared;
        }
    }
}
