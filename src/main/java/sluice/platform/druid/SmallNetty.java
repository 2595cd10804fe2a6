package sluice.platform.druid;

import io.quarkus.vertx.VertxOptionsCustomizer;
import io.vertx.core.VertxOptions;
import jakarta.inject.Singleton;
import java.util.Map;

/**
 * Netty, which carries the questions to Druid, without what only servers need. To make its pools of buffers takes a
 * function that asks a few questions longer than they ever save, and 90 pages of memory; which Linux it is on says only
 * which of Netty's own libraries would fit, and none is used.
 */
@Singleton
class SmallNetty implements VertxOptionsCustomizer {

    private static final Map<String, String> PROPERTIES = Map.of(
            "io.netty.allocator.numHeapArenas", "0",
            "io.netty.allocator.numDirectArenas", "0",
            "vertx.reuseNettyAllocators", "true",
            "io.netty.osClassifiers", "");

    /** Netty reads them when it is first used, which is after this. A property that is set already stays. */
    @Override
    public void accept(VertxOptions options) {
        PROPERTIES.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
    }
}
