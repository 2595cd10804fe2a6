package sluice.nativeimage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.arc.Arc;
import io.quarkus.arc.InstanceHandle;
import io.quarkus.runtime.ImageMode;
import io.quarkus.tls.runtime.KeyStoreProvider;
import io.quarkus.tls.runtime.TrustStoreProvider;
import jakarta.enterprise.inject.Any;

/**
 * Keys and certificate authorities come from files that the configuration names. Beans that would bring others are looked
 * for at each start; here are none. The build fails where there is one, or Quarkus no longer has the method.
 */
final class NoKeyStoreBeans {

    static {
        if (ImageMode.current() == ImageMode.NATIVE_BUILD) {
            requireNone(KeyStoreProvider.class);
            requireNone(TrustStoreProvider.class);
        }
    }

    private static final InstanceHandle<Object> NONE = () -> null;

    private NoKeyStoreBeans() {}

    private static void requireNone(Class<?> type) {
        if (!Arc.container().listAll(type, Any.Literal.INSTANCE).isEmpty()) {
            throw new IllegalStateException("the executable has no beans of " + type.getName() + ", and there is one");
        }
    }

    @TargetClass(className = "io.quarkus.tls.runtime.CertificateRecorder")
    static final class Recorder {

        @Substitute
        @SuppressWarnings("unchecked")
        static <T> InstanceHandle<T> lookupProvider(Class<T> type, String configuration) {
            return (InstanceHandle<T>) NONE;
        }
    }
}
