package sluice.sandbox.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A command line for a Java process on a small machine: the JDK of this process, the serial collector, the first
 * compiler only (a sandbox lives minutes, and its start is what people wait for).
 */
public final class JavaCommand {

    private final List<String> options = new ArrayList<>(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xss512k",
            "-Xshare:auto",
            "-Duser.timezone=UTC",
            // The environment has no locale.
            "-Dfile.encoding=UTF-8"));

    public JavaCommand heap(int megabytes) {
        return option("-Xmx" + megabytes + "m");
    }

    public JavaCommand option(String option) {
        options.add(option);
        return this;
    }

    /** Completes the command. The jars of each folder come in the order of their names, the same on every machine. */
    public List<String> main(List<Path> folders, String mainClass, String... arguments) {
        List<String> command = new ArrayList<>(options);
        command.add("-cp");
        command.add(folders.stream().map(JavaCommand::classPath).collect(Collectors.joining(":")));
        command.add(mainClass);
        command.addAll(List.of(arguments));
        return List.copyOf(command);
    }

    private static String classPath(Path folder) {
        try (var files = Files.list(folder)) {
            String jars = files.map(Path::toString)
                    .filter(file -> file.endsWith(".jar"))
                    .sorted()
                    .collect(Collectors.joining(":"));
            return jars.isEmpty() ? folder.toString() : jars;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
