package sluice.nativeimage;

import io.quarkus.runtime.RuntimeValue;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/** Vert.x for the TLS registry, which reads certificates with it; null if the environment configures no TLS. */
final class VertxOfTheTlsRegistry extends RuntimeValue<Vertx> {

    private final Supplier<Vertx> vertx;

    VertxOfTheTlsRegistry(Supplier<Vertx> vertx) {
        this.vertx = vertx;
    }

    @Override
    public Vertx getValue() {
        RuntimeSettings settings = RuntimeSettings.ofThisProcess();
        boolean isNeeded = settings.mayComeFromElsewhere()
                || settings.touch("quarkus.tls")
                // A cluster may name a configuration that needs no properties, such as javax.net.ssl.
                || settings.touch("tls-configuration");
        return isNeeded ? vertx.get() : null;
    }
}
