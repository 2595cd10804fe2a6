package sluice.nativeimage;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.runtime.ImageMode;
import io.quarkus.smallrye.faulttolerance.runtime.SmallRyeFaultToleranceRecorder;
import io.smallrye.faulttolerance.apiimpl.BuilderEagerDependencies;
import io.smallrye.faulttolerance.apiimpl.BuilderLazyDependencies;
import io.smallrye.faulttolerance.apiimpl.GuardImpl;
import io.smallrye.faulttolerance.autoconfig.FaultToleranceMethod;
import io.smallrye.faulttolerance.core.event.loop.EventLoop;
import io.smallrye.faulttolerance.core.util.RunnableWrapper;
import java.util.List;
import java.util.function.Supplier;

/**
 * What fault tolerance looks up at a start, and among services at the first guarded call. The build fails where it no longer
 * has these methods.
 */
final class FaultToleranceParts {

    private static final EventLoop EVENT_LOOP = ImageMode.current() == ImageMode.NATIVE_BUILD ? EventLoop.get() : null;

    private FaultToleranceParts() {}

    /** Found when the executable is built. */
    @TargetClass(EventLoop.class)
    interface Loop {

        @Substitute
        static EventLoop get() {
            return EVENT_LOOP;
        }
    }

    /**
     * The wrapper that there is carries the contexts of whoever sets a timer to the thread of the timer. A timer here only
     * interrupts a call that takes too long, and that needs none.
     */
    @TargetClass(className = "io.smallrye.faulttolerance.core.util.RunnableWrapper$Loader")
    static final class Wrapper {

        @Substitute
        private static RunnableWrapper load() {
            return new WithoutContexts();
        }
    }

    /** A guard here has a description of its own; the original first gives it one by chance, of the system's entropy. */
    @TargetClass(GuardImpl.BuilderImpl.class)
    static final class Builder {

        @Alias
        private BuilderEagerDependencies eagerDependencies;

        @Alias
        private Supplier<BuilderLazyDependencies> lazyDependencies;

        @Alias
        private String description;

        @Substitute
        Builder(BuilderEagerDependencies eagerDependencies, Supplier<BuilderLazyDependencies> lazyDependencies) {
            this.eagerDependencies = eagerDependencies;
            this.lazyDependencies = lazyDependencies;
            this.description = "";
        }
    }

    /** Guards here are made by code: there is no method with an annotation, whose guard would be made at the start. */
    @TargetClass(SmallRyeFaultToleranceRecorder.class)
    static final class Annotations {

        @Substitute
        public void createFaultToleranceOperation(List<FaultToleranceMethod> annotated) {
            if (!annotated.isEmpty()) {
                throw new IllegalStateException(
                        "the executable is built without guards by annotation, see " + getClass());
            }
        }
    }

    private static final class WithoutContexts implements RunnableWrapper {

        @Override
        public Runnable wrap(Runnable task) {
            return task;
        }
    }
}
