package sluice.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fuzzes every target, or the named ones, with Jazzer, each in a process of its own with 512 MB. What Jazzer adds to a corpus
 * stays in {@code target/fuzz/}. Prints executions, speed, covered edges and findings, and fails if there is a finding.
 *
 * <p>{@code -Dfuzz.seconds} is the time of a target.
 */
public final class FuzzRun {

    private static final List<String> TARGETS = List.of(
            "sluice.fuzz.DefinitionFuzzer",
            "sluice.fuzz.SpecFuzzer",
            "sluice.fuzz.ExpressionFuzzer",
            "sluice.fuzz.TimeChunkFuzzer",
            "sluice.ingest.intake.NotificationFuzzer",
            "sluice.entry.gate.ApiFuzzer",
            "sluice.platform.objects.S3AnswerFuzzer",
            "sluice.platform.druid.DruidAnswerFuzzer");
    private static final Pattern DONE = Pattern.compile("Done (\\d+) runs in (\\d+) second");
    private static final Pattern PROGRESS = Pattern.compile("#(\\d+)\\s.*cov: (\\d+)");

    private FuzzRun() {}

    public static void main(String[] names) throws IOException, InterruptedException {
        List<String> targets = TARGETS.stream()
                .filter(target -> names.length == 0 || List.of(names).contains(simple(target)))
                .toList();
        System.out.printf("%-20s %12s %8s %8s  %s%n", "target", "executions", "seconds", "edges", "finding");
        boolean found = false;
        for (String target : targets) {
            found |= fuzz(target, Integer.getInteger("fuzz.seconds", 60));
        }
        if (found) {
            System.exit(1);
        }
    }

    private static boolean fuzz(String target, int seconds) throws IOException, InterruptedException {
        Path folder = Path.of("target/fuzz", simple(target));
        Path corpus = Files.createDirectories(folder.resolve("corpus"));
        int number = 0;
        for (byte[] seed : Corpus.of(simple(target))) {
            Files.write(corpus.resolve("seed-" + number++), seed);
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target,
                "--instrumentation_includes=sluice.**",
                "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.RegexInjection",
                "-max_total_time=" + seconds,
                "-max_len=20000",
                "-timeout=20",
                "-rss_limit_mb=3000",
                "--reproducer_path=" + folder,
                "-artifact_prefix=" + folder + "/",
                corpus.toString()));
        Path log = folder.resolve("log.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        int exit = process.waitFor();
        report(simple(target), Files.readAllLines(log, java.nio.charset.StandardCharsets.ISO_8859_1), exit, log);
        return exit != 0;
    }

    private static void report(String target, List<String> lines, int exit, Path log) {
        String executions = "?";
        String seconds = "?";
        String edges = "?";
        String finding = exit == 0 ? "none" : "exit " + exit + ", see " + log;
        for (String line : lines) {
            Matcher done = DONE.matcher(line);
            Matcher progress = PROGRESS.matcher(line);
            if (done.find()) {
                executions = done.group(1);
                seconds = done.group(2);
            } else if (progress.find()) {
                executions = progress.group(1);
                edges = progress.group(2);
            } else if (line.startsWith("== Java Exception")) {
                finding = line;
            }
        }
        System.out.printf("%-20s %12s %8s %8s  %s%n", target, executions, seconds, edges, finding);
    }

    private static String simple(String target) {
        return target.substring(target.lastIndexOf('.') + 1);
    }
}
