package sluice.sandbox.lambda;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import sluice.sandbox.component.Components;
import sluice.sandbox.component.FunctionPackage;
import sluice.sandbox.process.JavaCommand;
import sluice.sandbox.process.LogFile;
import sluice.sandbox.process.ProcessGuard;

/**
 * Starts a process of a function out of the deployment package, as Lambda does: a native package by its
 * {@code bootstrap}, a JVM package by AWS's runtime interface client.
 */
public final class FunctionLauncher {

    private static final String RUNTIME_CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
    private static final String LIBRARY_PROPERTY =
            "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";
    private static final String HANDLER = "io.quarkus.funqy.lambda.FunqyStreamHandler::handleRequest";

    /** Part of the function's memory that is the heap of its JVM. */
    private static final double HEAP_SHARE = 0.6;

    private final FunctionPackage functions;
    private final Map<String, String> environment;
    private final ProcessGuard guard;
    private final Executor threads;
    private final DebugPorts debug;

    public FunctionLauncher(Path folder, Map<String, String> environment, ProcessGuard guard, Executor threads) {
        this(folder, environment, guard, threads, DebugPorts.NONE);
    }

    /**
     * @param folder      where the deployment package is unpacked before the first launch
     * @param environment what the deployment sets for every function
     * @param debug       which functions listen for a debugger; only on the JVM
     */
    public FunctionLauncher(
            Path folder, Map<String, String> environment, ProcessGuard guard, Executor threads, DebugPorts debug) {
        this.functions = new FunctionPackage(folder);
        this.environment = Map.copyOf(environment);
        this.guard = guard;
        this.threads = threads;
        this.debug = debug;
    }

    FunctionProcess launch(String name, Routes.FunctionSettings settings, LogFile log) {
        RuntimeApi api = new RuntimeApi(Aws.arn("lambda", "function:sluice-" + name), threads);
        return new FunctionProcess(
                api,
                address -> guard.start(
                        name, command(name, settings), environment(name, settings, address), functions.folder(), log));
    }

    private List<String> command(String name, Routes.FunctionSettings settings) {
        Optional<String> debugger = debug.option(name);
        if (functions.isNative()) {
            if (debugger.isPresent()) {
                throw new IllegalStateException("Function " + name + " is a native executable, without a port for a"
                        + " debugger: build it for the JVM with ./mvnw package -DskipTests");
            }
            return List.of(functions.bootstrap().toString());
        }
        JavaCommand command = new JavaCommand();
        debugger.ifPresent(command::option);
        return command.heap((int) (settings.memoryMegabytes() * HEAP_SHARE))
                .option("-D" + LIBRARY_PROPERTY + "=" + Components.runtimeClientLibrary())
                .main(
                        List.of(
                                Components.folder("lambda"),
                                functions.folder(),
                                functions.folder().resolve("lib")),
                        RUNTIME_CLIENT,
                        HANDLER);
    }

    /** The variables that Lambda sets by itself, then those of the deployment. */
    private Map<String, String> environment(String name, Routes.FunctionSettings settings, String runtimeApi) {
        Map<String, String> all = new HashMap<>();
        all.put("AWS_LAMBDA_RUNTIME_API", runtimeApi);
        all.put("AWS_LAMBDA_FUNCTION_NAME", "sluice-" + name);
        all.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
        all.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", String.valueOf(settings.memoryMegabytes()));
        all.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
        all.put("LAMBDA_TASK_ROOT", functions.folder().toString());
        all.put("_HANDLER", HANDLER);
        all.put("AWS_REGION", Aws.REGION);
        all.put("AWS_DEFAULT_REGION", Aws.REGION);
        all.put("AWS_ACCESS_KEY_ID", Aws.ACCESS_KEY);
        all.put("AWS_SECRET_ACCESS_KEY", Aws.SECRET_KEY);
        all.put("LANG", "en_US.UTF-8");
        all.put("TZ", ":UTC");
        all.put("PATH", "/usr/local/bin:/usr/bin:/bin");
        all.put("QUARKUS_FUNQY_EXPORT", name);
        all.put("DISABLE_SIGNAL_HANDLERS", "true");
        all.putAll(environment);
        return Map.copyOf(all);
    }
}
