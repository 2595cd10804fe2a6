package sluice.sandbox;

import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Gives tests the one sandbox of this JVM, as a parameter of type {@link Sandbox}.
 *
 * <p>It starts with the first test that wants it and ends with the JVM's last test. Classes run side by side in it, on
 * datasources and keys of their own. A class that disturbs others is {@link Isolated}: one that injects faults, counts
 * requests, ends servers, or pauses queues, schedules or the coordinator. Isolated classes come last. Before each of their
 * tests {@link Sandbox#reset} ends what the test before has left; data stays. When a test fails the ends of all logs are
 * printed.
 */
public final class SandboxExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterTestExecutionCallback, ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(SandboxExtension.class);
    private static final int LOG_LINES = 40;

    @Override
    public void beforeAll(ExtensionContext context) {
        sandbox(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (context.getRequiredTestClass().isAnnotationPresent(Isolated.class)) {
            sandbox(context).reset();
        }
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        if (context.getExecutionException().isPresent()) {
            System.err.println("Logs of the sandbox after " + context.getDisplayName() + ":\n"
                    + sandbox(context).logTails(LOG_LINES));
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Sandbox.class;
    }

    @Override
    public Sandbox resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return sandbox(context);
    }

    private static Sandbox sandbox(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(SharedSandbox.class, key -> new SharedSandbox(), SharedSandbox.class)
                .sandbox;
    }

    /** Closed by JUnit with the root of all tests. */
    private static final class SharedSandbox implements AutoCloseable {

        private final Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withSpareServers(), Progress.silent());

        /** Tests of retention count sweeps. The daily one would come in the middle of whichever test runs by then. */
        private SharedSandbox() {
            sandbox.lambda().endSchedule("retain");
        }

        @Override
        public void close() {
            sandbox.close();
        }
    }
}
