package sluice.nativeimage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.RuntimeValue;
import io.quarkus.runtime.ShutdownContext;
import io.quarkus.vertx.runtime.EventConsumerInfo;
import io.quarkus.vertx.runtime.VertxEventBusConsumerRecorder;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Starts Vert.x with the first client of a cluster. Vert.x carries the REST client's requests to Druid. Quarkus starts it
 * with every function, for an event bus that Sluice does not use and for the TLS registry.
 *
 * <p>Saves 3.6 to 4.3 MB of a function's memory, 0.7 MB of {@code retain}'s ({@code infra/bench/startup}, 2026-11-27).
 */
@TargetClass(value = VertxEventBusConsumerRecorder.class, onlyWith = Replacement.class)
final class VertxOnDemand {

    @Substitute
    public void configureVertx(
            Supplier<Vertx> vertx,
            List<EventConsumerInfo> consumers,
            LaunchMode launchMode,
            ShutdownContext shutdown,
            Map<Class<?>, Class<?>> codecs,
            List<Class<?>> selectorTypes) {
        if (!consumers.isEmpty()) {
            throw new IllegalStateException("the executable is built without Vert.x' event bus, see " + getClass());
        }
    }

    @Substitute
    public RuntimeValue<Vertx> forceStart(Supplier<Vertx> vertx) {
        return new VertxOfTheTlsRegistry(vertx);
    }
}
