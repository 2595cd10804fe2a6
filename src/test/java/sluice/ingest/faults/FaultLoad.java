package sluice.ingest.faults;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import sluice.ingest.DefinitionText;
import sluice.ingest.Ingestion;
import sluice.sandbox.Sandbox;
import sluice.sandbox.fault.NetworkFault;
import sluice.sandbox.fault.Pair;
import sluice.sandbox.lambda.SqsQueue;

/**
 * Files that load in {@code replace} and in {@code append} mode while a pair of processes has a fault and functions are
 * killed. Half of the files are on their way when the fault begins, so it meets every stage of a run. Each file has one row.
 */
final class FaultLoad {

    /** The fault lasts so long, and on a busy machine longer: until enough requests have met it. */
    private static final Duration FAULT = Duration.ofSeconds(14);

    private static final Duration LONGEST_FAULT = Duration.ofMinutes(2);
    private static final int ENOUGH_HITS = 6;
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final List<String> DAYS = List.of("2026-01-01", "2026-01-02");
    private static final int KILLS = 4;
    private static final List<String> KILLED = List.of("generate", "submit", "poll", "follow");
    private static final Set<String> ENDS =
            Set.of("Available", "Refused", "Failed", "TimedOut", "Cancelled", "Superseded", "RolledBack");

    private final Sandbox sandbox;
    private final String name;
    private final int filesEach;
    private final Random random;
    private final List<Ingestion> modes;

    /** @param files half of them in each mode; a multiple of eight */
    FaultLoad(Sandbox sandbox, String name, int files) {
        this.sandbox = sandbox;
        this.name = name;
        this.filesEach = files / 2;
        this.random = new Random(name.hashCode());
        this.modes = List.of(new Ingestion(sandbox, name + "_replace"), new Ingestion(sandbox, name + "_append"));
    }

    /** Defines both datasources. */
    void define() {
        for (String mode : List.of("replace", "append")) {
            String datasource = name + "_" + mode;
            sandbox.s3()
                    .putDefinition(
                            datasource + ".yaml",
                            new DefinitionText(datasource)
                                    .batch("mode", mode)
                                    .batch("trigger", "{on: object, settle: PT2S}")
                                    .toString());
        }
        pause(Duration.ofSeconds(1));
    }

    /** Loads the files, and returns what has become of them after the fault. */
    FaultResult load(Pair pair, NetworkFault fault) {
        upload(0, filesEach / 2);
        pause(Duration.ofSeconds(3));
        sandbox.network().inject(pair, fault, name.hashCode());
        Instant begun = Instant.now();
        upload(filesEach / 2, filesEach);
        for (int kill = 0; kill < KILLS; kill++) {
            pause(FAULT.dividedBy(KILLS));
            sandbox.lambda().kill(KILLED.get(random.nextInt(KILLED.size())));
        }
        while (fault != NetworkFault.REFUSED
                && sandbox.network().hits(pair) < ENOUGH_HITS
                && Instant.now().isBefore(begun.plus(LONGEST_FAULT))
                && !isDone()) {
            pause(Duration.ofSeconds(1));
        }
        int hits = sandbox.network().hits(pair);
        sandbox.network().heal();
        int redriven =
                sandbox.lambda().queues().stream().mapToInt(SqsQueue::redrive).sum();
        return awaitEnd(pair, fault, hits, redriven);
    }

    private FaultResult awaitEnd(Pair pair, NetworkFault fault, int hits, int redriven) {
        Instant healed = Instant.now();
        int dead = redriven;
        while (!isDone() && Instant.now().isBefore(healed.plus(PATIENCE))) {
            pause(Duration.ofMillis(500));
            dead += sandbox.lambda().queues().stream()
                    .mapToInt(SqsQueue::redrive)
                    .sum();
        }
        Duration recovery = Duration.between(healed, Instant.now());
        List<String> open = open().toList();
        Served served = modes.stream().map(this::served).reduce(Served::plus).orElseThrow();
        long missing = filesEach * 2L - served.files();
        return new FaultResult(
                fault,
                pair,
                hits,
                dead,
                open.isEmpty() ? missing : 0,
                served.rows() - served.files(),
                open,
                open.isEmpty() ? 0 : missing,
                recovery,
                modes.stream().flatMap(mode -> mode.story().stream()).toList());
    }

    /** Files whose rows are served, and all rows that are. */
    private record Served(long files, long rows) {

        Served plus(Served other) {
            return new Served(files + other.files, rows + other.rows);
        }
    }

    private boolean isDone() {
        Served served = modes.stream().map(this::served).reduce(Served::plus).orElseThrow();
        return served.files() == filesEach * 2L && open().findAny().isEmpty();
    }

    private Served served(Ingestion mode) {
        if (mode.rows() == 0) {
            return new Served(0, 0);
        }
        JsonNode answer = sandbox.druid()
                .sql("SELECT COUNT(*) AS \"files\", SUM(\"n\") AS \"rows\" FROM"
                        + " (SELECT \"page\", COUNT(*) AS \"n\" FROM \"" + mode.datasource() + "\" GROUP BY 1)");
        return new Served(
                answer.get(0).path("files").asLong(), answer.get(0).path("rows").asLong());
    }

    /** What has not ended: runs, leases, chunks that wait, events that nobody has sent. */
    private Stream<String> open() {
        Stream<String> runs = modes.stream()
                .flatMap(mode -> mode.runs().stream())
                .filter(run -> !ENDS.contains(run.at("/state/state").asText()))
                .map(run -> "run " + run.path("id").asText() + " "
                        + run.at("/state/state").asText() + " "
                        + run.path("lastError").asText());
        Stream<String> items = sandbox.dynamodb().items().stream()
                .filter(item -> {
                    String key = item.get("pk").s();
                    return key.startsWith("outbox#")
                            || (key.startsWith("lease#") && isOurs(key))
                            || (key.startsWith("chunk#") && isOurs(key) && item.containsKey("dueAt"));
                })
                .map(item -> item.get("pk").s() + " " + item.get("sk").s());
        return Stream.concat(runs, items);
    }

    private boolean isOurs(String key) {
        return modes.stream().anyMatch(mode -> key.endsWith("#" + mode.datasource()));
    }

    private void upload(int from, int to) {
        for (int file = from; file < to; file++) {
            String day = DAYS.get(file % DAYS.size());
            byte[] row = "{\"time\":\"%sT00:00:00Z\",\"channel\":\"#en\",\"page\":\"f%d\",\"added\":1}%n"
                    .formatted(day, file)
                    .getBytes(StandardCharsets.UTF_8);
            for (Ingestion mode : modes) {
                mode.upload("dt=%s/%d.json".formatted(day, file), row);
            }
        }
    }

    private static void pause(Duration duration) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(duration.toMillis()));
    }
}
