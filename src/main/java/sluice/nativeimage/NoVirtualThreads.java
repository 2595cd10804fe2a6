package sluice.nativeimage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.lang.reflect.Method;
import java.util.concurrent.ThreadFactory;

/**
 * Vert.x and Netty ask the JDK by reflection for virtual threads, for it may be one without them. Nobody here runs anything
 * on one. The build fails where they no longer have these methods.
 */
final class NoVirtualThreads {

    private NoVirtualThreads() {}

    @TargetClass(className = "io.vertx.core.impl.VertxImpl")
    static final class OfVertx {

        /** Null where there are none. */
        @Substitute
        private static ThreadFactory virtualThreadFactory() {
            return null;
        }
    }

    @TargetClass(className = "io.netty.util.internal.PlatformDependent0")
    static final class OfNetty {

        /** Null where there are none. */
        @Substitute
        private static Method getIsVirtualThreadMethod() {
            return null;
        }

        /** Null where there are none. */
        @Substitute
        private static Class<?> getBaseVirtualThreadClass() {
            return null;
        }
    }
}
