package sluice.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import sluice.sandbox.Progress;
import sluice.sandbox.Sandbox;
import sluice.sandbox.SandboxOptions;
import sluice.sandbox.lambda.BusEvent;

/**
 * From the upload of a file to the event that its rows are available, one file after the other, at the schedule of a
 * deployment, and how much of that time Druid itself took: from the creation of the task to the first query that returns the rows.
 *
 * <pre>./mvnw -Pbench -Dbench.main=sluice.bench.LatencyBench</pre>
 */
public final class LatencyBench {

    private static final int FILES = 21;
    /** Files come one by one, as to an environment that is idle otherwise; the ticks fall anywhere between them. */
    private static final Duration PAUSE = Duration.ofSeconds(3);

    private static final Duration SETTLE = Duration.ZERO;

    private static final int ROWS = 1_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private LatencyBench() {}

    public static void main(String[] arguments) {
        SandboxOptions options = SandboxOptions.defaults()
                .withScheduleInterval(Duration.ofMinutes(1))
                .withEnvironment(Map.of(
                        "SLUICE_POLL_MAX_INTERVAL", "PT5M",
                        "SLUICE_POLL_RETRY_DELAY", "PT1M",
                        "SLUICE_AVAILABILITY_PATIENCE", "PT2M"));
        try (Sandbox sandbox = Sandbox.start(options, Progress.silent())) {
            sandbox.s3().putDefinition("latency.yaml", DailyFiles.definition("latency", "main"));
            load(sandbox, 1);
            List<Sample> samples = new ArrayList<>();
            for (int day = 2; day <= FILES; day++) {
                LockSupport.parkNanos(PAUSE.toNanos());
                Sample sample = load(sandbox, day);
                System.out.printf(
                        "file %d: %.1f s, of which Druid %.1f s%n",
                        day - 1, seconds(sample.total()), seconds(sample.druid()));
                samples.add(sample);
            }
            List<Duration> totals = samples.stream().map(Sample::total).sorted().toList();
            List<Duration> added = samples.stream().map(Sample::added).sorted().toList();
            System.out.printf(
                    "upload to available at a schedule of 60 s, %d files: median %.1f s, slowest %.1f s;"
                            + " beyond Druid's own time: median %.1f s, slowest %.1f s%n",
                    samples.size(),
                    seconds(totals.get(totals.size() / 2)),
                    seconds(totals.get(totals.size() - 1)),
                    seconds(added.get(added.size() / 2)),
                    seconds(added.get(added.size() - 1)));
        }
    }

    private static Sample load(Sandbox sandbox, int day) {
        String date = DailyFiles.date(day);
        String rows = IntStream.range(0, ROWS)
                .mapToObj(row -> "{\"time\":\"%sT00:00:00Z\",\"page\":\"p%d\"}%n".formatted(date, row))
                .collect(Collectors.joining());
        Instant uploaded = Instant.now();
        sandbox.s3().upload(DailyFiles.key("latency", day), rows.getBytes(StandardCharsets.UTF_8));
        Instant queryable = awaitRows(sandbox, day * (long) ROWS);
        BusEvent available = awaitEvent(sandbox, day);
        JsonNode task = sandbox.druid()
                .sql("SELECT \"created_time\" FROM sys.tasks WHERE \"task_id\" = '"
                        + available.detail().at("/data/taskId").asText() + "'");
        Instant created = Instant.parse(task.get(0).path("created_time").asText());
        return new Sample(Duration.between(uploaded, available.received()), Duration.between(created, queryable));
    }

    private static Instant awaitRows(Sandbox sandbox, long rows) {
        Instant end = Instant.now().plus(PATIENCE);
        while (sandbox.druid().rows("latency") < rows) {
            pause(end, "rows");
        }
        return Instant.now();
    }

    private static BusEvent awaitEvent(Sandbox sandbox, int count) {
        Instant end = Instant.now().plus(PATIENCE);
        while (sandbox.bus().events("sluice.run.available").size() < count) {
            pause(end, "the event");
        }
        return sandbox.bus().events("sluice.run.available").get(count - 1);
    }

    private static void pause(Instant end, String what) {
        if (Instant.now().isAfter(end)) {
            throw new IllegalStateException(what + " did not come within " + PATIENCE);
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }

    private record Sample(Duration total, Duration druid) {

        Duration added() {
            return total.minus(druid).minus(SETTLE);
        }
    }
}
