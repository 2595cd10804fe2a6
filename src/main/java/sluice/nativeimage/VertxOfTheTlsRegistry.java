package sluice.nativeimage;

import io.quarkus.runtime.RuntimeValue;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/** What the TLS registry reads stores of certificates with: nothing where no TLS configuration is named. */
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
                // Of a cluster; it may be one that needs no properties, such as javax.net.ssl.
                || settings.touch("tls-configuration");
        return isNeeded ? vertx.get() : null;
    }
}
