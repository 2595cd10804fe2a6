package sluice.nativeimage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.mutiny.runtime.MutinyInfrastructure;
import io.quarkus.runtime.ShutdownContext;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.util.concurrent.ScheduledExecutorService;
import org.jboss.threads.ContextHandler;

/**
 * Mutiny is given Quarkus' threads at each start, and its own pool is shut down. The pool that was made with the executable
 * has never had a thread, and shutting it down costs as much as if it had. The build fails where Quarkus no longer has the
 * method.
 */
@TargetClass(MutinyInfrastructure.class)
final class NoMutinyPool {

    @Substitute
    public void configureMutinyInfrastructure(
            ScheduledExecutorService executor, ShutdownContext shutdown, ContextHandler<Object> context) {
        Infrastructure.setDefaultExecutor(executor, false);
    }
}
