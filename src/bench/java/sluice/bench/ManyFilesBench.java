package sluice.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import sluice.ingest.DefinitionText;
import sluice.ingest.Ingestion;
import sluice.sandbox.DynamoDb;
import sluice.sandbox.Progress;
import sluice.sandbox.Sandbox;
import sluice.sandbox.SandboxOptions;
import sluice.sandbox.fault.Pair;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Many small files in one time chunk: how long until all of their rows are served and all of them are tagged, and how many calls
 * each file costs.
 *
 * <pre>./mvnw -Pbench -Dbench.main=sluice.bench.ManyFilesBench</pre>
 *
 * <p>Settings by environment, since the bench is a process of its own: {@code BENCH_FILES} (50000), {@code BENCH_MODES}
 * (replace,append), {@code BENCH_MINUTES} (90) until it gives up, {@code BENCH_NOTIFIED} (all) of which S3 notifies the
 * functions. The notifications of the others are lost: a run takes along what it finds in the listing. An arrival costs the same,
 * however many have come before, so a few show what each costs, and an invocation for each of 50,000 takes most of the time.
 */
public final class ManyFilesBench {

    private static final int FILES = Integer.parseInt(setting("BENCH_FILES", "50000"));
    private static final Duration PATIENCE = Duration.ofMinutes(Integer.parseInt(setting("BENCH_MINUTES", "90")));
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(15);
    private static final int NOTIFIED = Integer.parseInt(setting("BENCH_NOTIFIED", String.valueOf(FILES)));
    private static final int UPLOADERS = 4;
    /** As in a deployment. The sandbox repeats the event of a planned run after seconds, before a large task is submitted. */
    private static final Map<String, String> PAUSES =
            Map.of("SLUICE_POLL_RETRY_DELAY", "PT1M", "SLUICE_POLL_MAX_INTERVAL", "PT5M");

    private static final List<Pair> CALLED = List.of(Pair.TABLE, Pair.S3, Pair.BUS, Pair.ROUTER);

    private ManyFilesBench() {}

    public static void main(String[] arguments) throws InterruptedException {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withEnvironment(PAUSES), Progress.silent())) {
            for (String mode : setting("BENCH_MODES", "replace,append").split(",")) {
                load(sandbox, mode);
            }
        }
    }

    private static void load(Sandbox sandbox, String mode) throws InterruptedException {
        String datasource = "many_" + mode;
        Ingestion ingestion = new Ingestion(sandbox, datasource)
                .define(new DefinitionText(datasource)
                        .batch("mode", mode)
                        .batch("trigger", "{on: object, settle: PT1M}")
                        .batch("timeout", "PT2H"));
        Map<Pair, Long> before = calls(sandbox);
        Instant begun = Instant.now();
        AtomicInteger uploaded = new AtomicInteger();
        ExecutorService uploaders = Executors.newFixedThreadPool(UPLOADERS);
        for (int number = 0; number < FILES; number++) {
            int file = number;
            uploaders.execute(() -> {
                String key = "dt=2026-01-01/part-%06d.json".formatted(file);
                if (file < FILES - NOTIFIED) {
                    sandbox.s3().uploadUnnoticed(datasource + "/" + key, row(file));
                } else {
                    ingestion.upload(key, row(file));
                }
                uploaded.incrementAndGet();
            });
        }
        uploaders.shutdown();
        while (!uploaders.awaitTermination(BETWEEN_LINES.toSeconds(), TimeUnit.SECONDS)) {
            say(sandbox, ingestion, begun, uploaded.get());
        }
        Duration uploading = Duration.between(begun, Instant.now());
        while (ingestion.rows() < FILES || isBusy(ingestion)) {
            say(sandbox, ingestion, begun, uploaded.get());
            rest(ingestion, begun, mode + ": not loaded");
        }
        Duration all = Duration.between(begun, Instant.now());
        Map<Pair, Long> after = calls(sandbox);
        List<String> runs =
                ingestion.runs().stream().map(run -> run.path("id").asText()).toList();
        for (int tagged = 0; tagged < FILES; tagged = tagged(sandbox, runs)) {
            System.out.printf("%d objects tagged, dead letters: %d%n", tagged, deadLetters(sandbox));
            rest(ingestion, begun, mode + ": not tagged");
        }
        Duration tagging = Duration.between(begun, Instant.now()).minus(all);
        System.out.printf(
                "%s: %d files in one day, %d of them notified, %d rows served by %d runs (%s); %d s to upload, %d s from the first upload to the"
                        + " last row; calls per file until then: %s; %d s more until all objects were tagged; dead letters: %d%n",
                mode,
                FILES,
                NOTIFIED,
                ingestion.rows(),
                ingestion.runs().size(),
                states(ingestion),
                uploading.toSeconds(),
                all.toSeconds(),
                CALLED.stream()
                        .map(pair -> "%s %.2f"
                                .formatted(pair.label(), (after.get(pair) - before.get(pair)) / (double) FILES))
                        .collect(Collectors.joining(", ")),
                tagging.toSeconds(),
                deadLetters(sandbox));
    }

    private static void rest(Ingestion ingestion, Instant begun, String problem) {
        if (Instant.now().isAfter(begun.plus(PATIENCE))) {
            throw new IllegalStateException(problem + " within " + PATIENCE + ": " + last(ingestion));
        }
        LockSupport.parkNanos(BETWEEN_LINES.toNanos());
    }

    private static byte[] row(int file) {
        return "{\"time\":\"2026-01-01T%02d:%02d:00Z\",\"channel\":\"#en\",\"page\":\"p%d\",\"added\":1}%n"
                .formatted(file / 60 % 24, file % 60, file)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void say(Sandbox sandbox, Ingestion ingestion, Instant begun, int uploaded) {
        System.out.printf(
                "%5d s  uploaded %d, notifications waiting %d, events %s, rows %d, calls %s%s%n",
                Duration.between(begun, Instant.now()).toSeconds(),
                uploaded,
                sandbox.lambda().queue("sluice-generate").messages().size(),
                events(ingestion),
                ingestion.rows(),
                calls(sandbox),
                deadLetters(sandbox) == 0 ? "" : ", DEAD LETTERS " + deadLetters(sandbox));
    }

    /** Of a run's events, how many of each kind; a scan of the table's runs would read all files' entries too. */
    private static Map<String, Long> events(Ingestion ingestion) {
        return ingestion.story().stream()
                .map(event -> event.split(" ")[0].replace("sluice.", ""))
                .collect(Collectors.groupingBy(event -> event, TreeMap::new, Collectors.counting()));
    }

    private static Map<String, Long> states(Ingestion ingestion) {
        return ingestion.runs().stream()
                .collect(Collectors.groupingBy(ManyFilesBench::state, TreeMap::new, Collectors.counting()));
    }

    private static boolean isBusy(Ingestion ingestion) {
        return ingestion.runs().stream().map(ManyFilesBench::state).anyMatch(state -> Stream.of(
                        "Planned", "Waiting", "Submitted", "Running", "Succeeded")
                .anyMatch(state::equals));
    }

    /** Asks for each run alone: a scan reads all files' entries too, and takes the time from what it measures. */
    private static int tagged(Sandbox sandbox, List<String> runs) {
        DynamoDb dynamodb = sandbox.dynamodb();
        return runs.stream()
                .flatMap(run -> dynamodb
                        .client()
                        .queryPaginator(request -> request.tableName(dynamodb.table())
                                .keyConditionExpression("#pk = :run AND begins_with(#sk, :tags)")
                                .expressionAttributeNames(Map.of("#pk", "pk", "#sk", "sk"))
                                .expressionAttributeValues(Map.of(
                                        ":run", AttributeValue.fromS("run#" + run),
                                        ":tags", AttributeValue.fromS("tags#"))))
                        .items()
                        .stream())
                .mapToInt(item -> Integer.parseInt(item.get("tagged").n()))
                .sum();
    }

    private static String state(JsonNode run) {
        return run.at("/state/state").asText();
    }

    private static List<String> last(Ingestion ingestion) {
        List<String> story = ingestion.story();
        return story.subList(Math.max(0, story.size() - 10), story.size());
    }

    private static Map<Pair, Long> calls(Sandbox sandbox) {
        return CALLED.stream()
                .collect(
                        Collectors.toMap(pair -> pair, sandbox.network()::requests, (one, other) -> one, TreeMap::new));
    }

    private static int deadLetters(Sandbox sandbox) {
        return sandbox.lambda().queues().stream()
                .mapToInt(queue -> queue.deadLetters().size())
                .sum();
    }

    private static String setting(String name, String otherwise) {
        return System.getenv().getOrDefault(name, otherwise);
    }
}
