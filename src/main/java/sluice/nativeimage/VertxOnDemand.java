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
 * Vert.x carries the REST client's requests to Druid. Its extension starts it at every start, for an event bus that
 * nobody here uses and for the TLS registry; in the executable these two methods of it are replaced by these, and the
 * first client of a cluster starts it. The build fails where Quarkus no longer has them.
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
