package sluice.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * How long the command line takes to check one file, from the start of its process to its end, beside a JVM that only
 * says its version.
 *
 * <pre>./mvnw package -DskipTests &amp;&amp; ./mvnw -Pbench -Dbench.main=sluice.bench.LintBench</pre>
 */
public final class LintBench {

    private static final int STARTS = 21;

    private LintBench() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        long jvm = median("-version");
        print("the JVM alone", jvm, jvm);
        print("lint of a spec", lint("src/test/resources/contract/index-parallel.json"), jvm);
        print("lint of a definition", lint("infra/sandbox/definitions/wikipedia.yaml"), jvm);
    }

    private static void print(String what, long milliseconds, long jvm) {
        System.out.printf(
                "%s: %d ms, median of %d (%.1f times the JVM alone)%n",
                what, milliseconds, STARTS, (double) milliseconds / jvm);
    }

    private static long lint(String file) throws IOException, InterruptedException {
        return median("-jar", "target/sluice-cli.jar", "lint", file);
    }

    private static long median(String... arguments) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command =
                Stream.concat(Stream.of(java), Arrays.stream(arguments)).toList();
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
