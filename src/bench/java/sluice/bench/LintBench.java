package sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How long the command line takes to check one file, from the start of its process to its end, as a jar and, where
 * {@code ./mvnw -Prelease package} has built it, as an executable, beside a JVM that only says its version.
 *
 * <pre>./mvnw package -DskipTests &amp;&amp; ./mvnw -Pbench -Dbench.main=sluice.bench.LintBench</pre>
 */
public final class LintBench {

    private static final int STARTS = 21;
    private static final Path EXECUTABLE = Path.of("target", "sluice");

    private LintBench() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        long jvm = median(List.of(java, "-version"));
        print("the JVM alone", jvm, jvm);
        lints("the jar", List.of(java, "-jar", "target/sluice-cli.jar"), jvm);
        if (Files.exists(EXECUTABLE)) {
            lints("the executable", List.of(EXECUTABLE.toString()), jvm);
        } else {
            System.out.println("no executable: ./mvnw -Prelease package builds " + EXECUTABLE);
        }
    }

    private static void print(String what, long milliseconds, long jvm) {
        System.out.printf(
                "%s: %d ms, median of %d (%.1f times the JVM alone)%n",
                what, milliseconds, STARTS, (double) milliseconds / jvm);
    }

    private static void lints(String what, List<String> program, long jvm) throws IOException, InterruptedException {
        for (String file : List.of(
                "src/test/resources/contract/index-parallel.json", "infra/sandbox/definitions/wikipedia.yaml")) {
            List<String> command =
                    Stream.concat(program.stream(), Stream.of("lint", file)).toList();
            print("lint of " + file + " by " + what, median(command), jvm);
        }
    }

    private static long median(List<String> command) throws IOException, InterruptedException {
        List<Long> samples = new ArrayList<>();
        for (int start = 0; start < STARTS; start++) {
            long before = System.nanoTime();
            int exit = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            samples.add((System.nanoTime() - before) / 1_000_000);
            if (exit != 0) {
                throw new IllegalStateException(command + " ended with " + exit);
            }
        }
        samples.sort(null);
        return samples.get(STARTS / 2);
    }
}
