package sluice.nativeimage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import sluice.sandbox.component.Components;
import sluice.sandbox.component.FunctionPackage;
import sluice.sandbox.component.Project;
import sluice.sandbox.lambda.Routes;
import sluice.sandbox.process.JavaCommand;

/** Who takes part: every function of the routes, native and on the JVM, and what they are measured against. */
final class Contenders {

    private static final String RUNTIME_CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
    private static final String LIBRARY_PROPERTY =
            "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";
    private static final String HANDLER = "io.quarkus.funqy.lambda.FunqyStreamHandler::handleRequest";
    /** Of 512 MB, as the sandbox gives the JVM. */
    private static final int HEAP_MEGABYTES = 307;

    private final Routes routes = Routes.read();
    private final Map<String, String> environment;

    /** @param world address of all that a function asks */
    Contenders(URI world) {
        Map<String, String> all = new HashMap<>();
        all.put("AWS_LAMBDA_FUNCTION_NAME", "sluice");
        all.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
        all.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512");
        all.put("AWS_REGION", "us-east-1");
        all.put("AWS_ACCESS_KEY_ID", "bench");
        all.put("AWS_SECRET_ACCESS_KEY", "bench");
        all.put("LANG", "en_US.UTF-8");
        all.put("TZ", ":UTC");
        all.put("PATH", "/usr/local/bin:/usr/bin:/bin");
        all.put("_HANDLER", HANDLER);
        all.put("DISABLE_SIGNAL_HANDLERS", "true");
        all.put("AWS_ENDPOINT_URL", world.toString());
        all.put("SLUICE_S3_PATH_STYLE", "true");
        all.put("SLUICE_TABLE", "sluice");
        all.put("SLUICE_BUS", "sluice");
        all.put("SLUICE_DEFINITIONS", "s3://sluice/definitions/");
        all.put("SLUICE_CLUSTERS_MAIN_URL", world.toString());
        this.environment = Map.copyOf(all);
    }

    Contender empty(FunctionPackage functions) {
        return executable("empty", "native", functions, new FirstEvents(routes).scheduled());
    }

    /** @param kind name of the executable */
    List<Contender> executables(String kind, FunctionPackage functions) {
        return names().stream()
                .map(name -> executable(name, kind, functions, new FirstEvents(routes).of(name)))
                .toList();
    }

    List<Contender> jvmFunctions(FunctionPackage functions) {
        List<String> command = new JavaCommand()
                .heap(HEAP_MEGABYTES)
                .option("-D" + LIBRARY_PROPERTY + "=" + Components.runtimeClientLibrary())
                .main(
                        List.of(
                                Components.folder("lambda"),
                                functions.folder(),
                                functions.folder().resolve("lib")),
                        RUNTIME_CLIENT,
                        HANDLER);
        return names().stream()
                .map(name -> new Contender(
                        name,
                        Contender.JVM,
                        command,
                        exporting(name),
                        functions.folder(),
                        new FirstEvents(routes).of(name)))
                .toList();
    }

    /** Nothing where {@code python3} or one of the two packages is missing; the reason goes to the error output. */
    Optional<Contender> python() {
        Optional<String> interpreter = pythonInterpreter();
        if (interpreter.isEmpty()) {
            System.err.println("Python is left out: python3 cannot import requests and jsonschema (Debian: apt-get"
                    + " install python3-requests python3-jsonschema)");
        }
        return interpreter.map(python -> new Contender(
                "requests and jsonschema, one spec validated",
                Contender.PYTHON,
                List.of(
                        python,
                        Project.folder("infra", "bench", "validate.py").toString(),
                        Project.folder("src", "main", "resources", "druid-contract", "33")
                                .toString()),
                environment,
                Project.folder("infra", "bench"),
                text(Project.folder("src", "test", "resources", "contract", "index-parallel.json"))));
    }

    private List<String> names() {
        return List.copyOf(new TreeSet<>(routes.functions().keySet()));
    }

    private Contender executable(String name, String kind, FunctionPackage functions, String event) {
        return new Contender(
                name, kind, List.of(functions.bootstrap().toString()), exporting(name), functions.folder(), event);
    }

    private Map<String, String> exporting(String function) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("QUARKUS_FUNQY_EXPORT", function);
        return all;
    }

    /** The program itself: what the path finds may be a script that looks for it. */
    private static Optional<String> pythonInterpreter() {
        List<String> command =
                new ArrayList<>(List.of("python3", "-c", "import requests, jsonschema, sys; print(sys.executable)"));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String path = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 ? Optional.of(path) : Optional.empty();
        } catch (IOException missing) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot read " + file, failure);
        }
    }
}
