package sluice.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import sluice.sandbox.Progress;
import sluice.sandbox.Sandbox;
import sluice.sandbox.SandboxOptions;
import sluice.sandbox.lambda.BusEvent;
import sluice.sandbox.s3.S3;

/**
 * From the upload of a file to the event that its rows are available, one file after the other, and how much of that
 * time Druid itself took: from the creation of the task to the first query that returns the rows.
 *
 * <pre>./mvnw -Pbench -Dbench.main=sluice.bench.LatencyBench</pre>
 */
public final class LatencyBench {

    private static final int FILES = 11;
    private static final int ROWS = 1_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String DEFINITION =
            """
            apiVersion: sluice/v1
            datasource: latency
            clusters: [main]
            schema:
              timestampSpec: {column: time, format: auto}
              dimensionsSpec: {dimensions: [page]}
              granularitySpec: {segmentGranularity: DAY, queryGranularity: NONE, rollup: false}
            batch:
              source: {type: s3, bucket: %s, prefix: latency/, timeChunk: "'dt='yyyy-MM-dd"}
              inputFormat: auto
              mode: replace
              trigger: {on: object, settle: PT0S}
            """
                    .formatted(S3.LANDING);

    private LatencyBench() {}

    public static void main(String[] arguments) {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults(), Progress.silent())) {
            sandbox.s3().putDefinition("latency.yaml", DEFINITION);
            load(sandbox, 1);
            List<Sample> samples = new ArrayList<>();
            for (int day = 2; day <= FILES; day++) {
                samples.add(load(sandbox, day));
            }
            samples.sort((left, right) -> left.total().compareTo(right.total()));
            Sample median = samples.get(samples.size() / 2);
            System.out.printf(
                    "upload to available, median of %d files: %.1f s, of which Druid itself %.1f s (%d %%)%n",
                    samples.size(),
                    median.total().toMillis() / 1_000.0,
                    median.druid().toMillis() / 1_000.0,
                    100 * median.druid().toMillis() / median.total().toMillis());
        }
    }

    private static Sample load(Sandbox sandbox, int day) {
        String date = "2026-01-%02d".formatted(day);
        String rows = IntStream.range(0, ROWS)
                .mapToObj(row -> "{\"time\":\"%sT00:00:00Z\",\"page\":\"p%d\"}%n".formatted(date, row))
                .collect(Collectors.joining());
        Instant uploaded = Instant.now();
        sandbox.s3().upload("latency/dt=" + date + "/a.json", rows.getBytes(StandardCharsets.UTF_8));
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

    private record Sample(Duration total, Duration druid) {}
}
