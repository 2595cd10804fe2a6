package sluice.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sluice.sandbox.Progress;
import sluice.sandbox.Sandbox;
import sluice.sandbox.SandboxOptions;

/**
 * What the functions ask Lambda for, first in ticks that find nothing to do, then while files are loaded one after the other:
 * invocations, seconds, peak memory. It reads the REPORT lines of the sandbox's Lambda host. The schedule has the interval that it has on AWS. {@code docs/cost.md} uses these
 * figures.
 *
 * <pre>./mvnw -Pbench -Dnative -Dbench.main=sluice.bench.CostBench</pre>
 */
public final class CostBench {

    private static final int IDLE_TICKS = 20;
    private static final int FILES = 10;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Pattern REPORT =
            Pattern.compile("REPORT Duration: ([0-9.]+) ms\\tMemory Size: ([0-9]+) MB\\tMax Memory Used: ([0-9]+) MB");

    private CostBench() {}

    public static void main(String[] arguments) throws InterruptedException {
        SandboxOptions options = SandboxOptions.defaults()
                .withScheduleInterval(Duration.ofMinutes(1))
                .withEnvironment(Map.of("SLUICE_POLL_MAX_INTERVAL", "PT5M"));
        try (Sandbox sandbox = Sandbox.start(options, Progress.silent())) {
            sandbox.s3().putDefinition("cost.yaml", DailyFiles.definition("cost", "main"));
            for (int tick = 0; tick < IDLE_TICKS; tick++) {
                sandbox.lambda().fire("poll");
            }
            List<String> idle = sandbox.lambda().function("poll").log().lines();
            print("poll, idle", idle);
            Instant begun = Instant.now();
            for (int day = 1; day <= FILES; day++) {
                load(sandbox, day);
            }
            System.out.printf(
                    "%d files, one run each, in %d s%n",
                    FILES, Duration.between(begun, Instant.now()).toSeconds());
            for (String function : List.of("generate", "submit", "follow")) {
                print(function, sandbox.lambda().function(function).log().lines());
            }
            List<String> polls = sandbox.lambda().function("poll").log().lines();
            print("poll", polls.subList(idle.size(), polls.size()));
        }
    }

    private static void load(Sandbox sandbox, int day) {
        String date = DailyFiles.date(day);
        String row = "{\"time\":\"" + date + "T00:00:00Z\",\"page\":\"p\"}\n";
        sandbox.s3().upload(DailyFiles.key("cost", day), row.repeat(1_000).getBytes(StandardCharsets.UTF_8));
        Instant end = Instant.now().plus(PATIENCE);
        while (sandbox.bus().events("sluice.run.available").size() < day) {
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException("run " + day + " did not end within " + PATIENCE);
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private static void print(String function, List<String> lines) {
        DoubleSummaryStatistics seconds = new DoubleSummaryStatistics();
        int peak = 0;
        for (String line : lines) {
            Matcher report = REPORT.matcher(line);
            if (report.find()) {
                seconds.accept(Double.parseDouble(report.group(1)) / 1_000);
                peak = Math.max(peak, Integer.parseInt(report.group(3)));
            }
        }
        System.out.printf(
                "%-10s %4d invocations, %.3f s on average, %.1f s together, at most %d MB%n",
                function, seconds.getCount(), seconds.getAverage(), seconds.getSum(), peak);
    }
}
