package sluice.sandbox;

import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the one sandbox of this JVM, as a parameter of type {@link Sandbox}.
 *
 * <p>It starts with the first test that wants it and ends with the JVM's last test. Before each test the faults and
 * counts of {@link Sandbox#druidProxy()} and the mode of the bus are reset; data stays, so tests use datasources and
 * keys of their own. When a test fails the ends of all logs are printed.
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
        sandbox(context).reset();
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
