package sluice.terraform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs {@code terraform} on a copy of the module. Nothing is downloaded: the AWS provider comes from the folder that
 * {@code TERRAFORM_PLUGIN_DIR} names, or as the file that {@code TF_CLI_CONFIG_FILE} names says. Only where
 * {@code TERRAFORM_DOWNLOAD} is {@code true} it may come from Terraform's registry.
 */
final class Terraform {

    private static final long LIMIT_MINUTES = 20;

    private final Path folder;
    private final Map<String, String> variables;

    private Terraform(Path folder, Map<String, String> variables) {
        this.folder = folder;
        this.variables = Map.copyOf(variables);
    }

    /** Whether there is Terraform, and a provider that needs no download. */
    static boolean isThere() {
        return executable().isPresent() && (pluginFolder().isPresent() || hasConfiguration() || mayDownload());
    }

    static String whyNotThere() {
        return executable().isEmpty()
                ? "terraform is not on the path, so the module is not tried"
                : "terraform has no AWS provider here, so the module is not tried: name a mirror of providers by"
                        + " TERRAFORM_PLUGIN_DIR or TF_CLI_CONFIG_FILE, or set TERRAFORM_DOWNLOAD=true";
    }

    /** With a copy of {@code terraform/} and of what it reads beside itself. */
    static Terraform withModuleIn(Path folder) throws IOException {
        copy(Path.of("terraform"), folder.resolve("terraform"));
        copy(Path.of("infra", "events"), folder.resolve("infra").resolve("events"));
        copy(Path.of("infra", "sandbox"), folder.resolve("infra").resolve("sandbox"));
        return new Terraform(folder, Map.of());
    }

    /** With a copy of {@code terraform/} and of nothing else. */
    Terraform withFolderAlone(Path target) throws IOException {
        copy(Path.of("terraform"), target.resolve("terraform"));
        return new Terraform(target, variables);
    }

    /** The same with an environment variable. */
    Terraform with(String variable, String value) {
        return new Terraform(folder, Map.of(variable, value));
    }

    void init(String directory) {
        List<String> command = new ArrayList<>(List.of("init", "-backend=false", "-input=false", "-no-color"));
        pluginFolder().ifPresent(plugins -> command.add("-plugin-dir=" + plugins));
        run(directory, command.toArray(String[]::new));
    }

    /**
     * Runs a command to its end.
     *
     * @return all that it has written
     * @throws IllegalStateException if it fails; the message has all that it has written
     */
    String run(String directory, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(executable().orElseThrow().toString()));
        command.addAll(List.of(arguments));
        try {
            Path output = Files.createTempFile(folder, "output", ".log");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.resolve(directory).toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            Map<String, String> environment = builder.environment();
            environment.putAll(variables);
            environment.put("CHECKPOINT_DISABLE", "1");
            environment.put("TF_IN_AUTOMATION", "1");
            if (!hasConfiguration()) {
                // Terraform warns of a file that is not there with every command.
                environment.remove("TF_CLI_CONFIG_FILE");
            }
            Process process = builder.start();
            if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IllegalStateException(command + " took more than " + LIMIT_MINUTES + " minutes");
            }
            String text = Files.readString(output);
            if (process.exitValue() != 0) {
                throw new IllegalStateException(command + " in " + directory + " failed:\n" + text);
            }
            return text;
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(command + " was interrupted", exception);
        }
    }

    private static Optional<Path> executable() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(directory -> Path.of(directory, "terraform"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Optional<Path> pluginFolder() {
        return Optional.ofNullable(System.getenv("TERRAFORM_PLUGIN_DIR"))
                .map(Path::of)
                .filter(Files::isDirectory);
    }

    private static boolean hasConfiguration() {
        return Optional.ofNullable(System.getenv("TF_CLI_CONFIG_FILE"))
                .map(Path::of)
                .filter(Files::isRegularFile)
                .isPresent();
    }

    private static boolean mayDownload() {
        return "true".equals(System.getenv("TERRAFORM_DOWNLOAD"));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Terraform::isSource).toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy);
                }
            }
        }
    }

    /** Not what Terraform has left there. */
    private static boolean isSource(Path file) {
        for (Path part : file) {
            if (part.toString().startsWith(".terraform")) {
                return false;
            }
        }
        return true;
    }
}
