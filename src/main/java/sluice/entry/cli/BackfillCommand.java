package sluice.entry.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import sluice.entry.cli.api.ApiCall;
import sluice.entry.cli.api.ApiClient;
import sluice.entry.cli.api.ApiException;

/** {@code backfill}: plans, asks and starts a backfill, and watches, pauses, resumes, stops or repeats one. */
final class BackfillCommand {

    private static final Duration PAUSE = Duration.ofSeconds(3);
    private static final String WATCH = "watch";
    private static final Set<String> STEERING = new TreeSet<>(Set.of("pause", "resume", "stop", "retry-failed"));
    private static final Set<String> ENDS = Set.of("Done", "DoneWithFailures", "Stopped");

    private final Arguments arguments;
    private final Console console;
    private final boolean asJson;

    BackfillCommand(Arguments arguments, Console console) throws UsageException {
        this.arguments = arguments;
        this.console = console;
        this.asJson = arguments.wantsJson();
    }

    int run() throws UsageException, ApiException, IOException {
        List<String> operands = arguments.operands();
        if (operands.size() != 2) {
            throw new UsageException(
                    "expected: backfill DATASOURCE INTERVAL, or backfill watch|" + String.join("|", STEERING) + " ID");
        }
        String first = operands.get(0);
        String second = operands.get(1);
        if (second.contains("/")) {
            return start(first, second);
        }
        if (!first.equals(WATCH) && !STEERING.contains(first)) {
            throw new UsageException("'" + second + "' is no interval such as 2025-01-01/2026-01-01");
        }
        ApiClient api = ApiOptions.client(arguments, console);
        return first.equals(WATCH) ? watched(api, found(api, second)) : steered(api, first, second);
    }

    private int start(String datasource, String interval) throws UsageException, ApiException, IOException {
        ObjectNode wish = JsonNodeFactory.instance
                .objectNode()
                .put("datasource", datasource)
                .put("interval", interval)
                .put("onlyMissing", arguments.has("--only-missing"))
                .put("order", arguments.has("--oldest-first") ? "oldest" : "newest");
        arguments.value("--cluster").ifPresent(cluster -> wish.put("cluster", cluster));
        arguments.number("--parallel").ifPresent(parallel -> wish.put("parallel", parallel));
        arguments.number("--chunks-per-run").ifPresent(chunks -> wish.put("chunksPerRun", chunks));
        arguments.value("--reason").ifPresent(reason -> wish.put("reason", reason));
        ApiClient api = ApiOptions.client(arguments, console);
        JsonNode plan = api.call(ApiCall.ask(ApiCall.path("backfills", "plan"), wish.toString()))
                .body();
        BackfillText.plan(plan).forEach(this::say);
        if (!isWanted()) {
            if (asJson) {
                console.out().println(plan.toPrettyString());
            }
            return Main.CHANGES;
        }
        JsonNode started = api.call(ApiCall.post(ApiCall.path("backfills"), wish.toString())
                        .header("idempotency-key", UUID.randomUUID().toString()))
                .body();
        String id = started.path("id").asText();
        say("backfill " + id + " begins");
        if (arguments.has("--watch")) {
            return watched(api, started);
        }
        say(comeBack(id));
        return answered(started);
    }

    /** Nobody who cannot answer has agreed. */
    private boolean isWanted() throws IOException {
        if (arguments.has("--yes")) {
            return true;
        }
        if (!console.isTerminal()) {
            console.err().println("nothing is started: give --yes to start it without being asked");
            return false;
        }
        return console.isAgreed("Start it?");
    }

    private int steered(ApiClient api, String what, String id) throws UsageException, ApiException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        arguments.value("--reason").ifPresent(reason -> body.put("reason", reason));
        JsonNode backfill = api.call(ApiCall.post(ApiCall.path("backfills", id, what), body.toString()))
                .body();
        return arguments.has("--watch") ? watched(api, backfill) : answered(backfill);
    }

    private int watched(ApiClient api, JsonNode begun) throws ApiException {
        String id = begun.path("id").asText();
        Progress progress = new Progress(console);
        Thread farewell = new Thread(() -> {
            progress.clear();
            console.err().println("the backfill goes on; " + comeBack(id));
        });
        Runtime.getRuntime().addShutdownHook(farewell);
        try {
            JsonNode backfill = begun;
            String said = "";
            while (!isAtRest(backfill)) {
                String line = BackfillText.progress(backfill);
                progress.show(BackfillText.bar(backfill) + " " + line);
                if (!console.isTerminal() && !line.equals(said)) {
                    console.err().println(line);
                    said = line;
                }
                console.pause(PAUSE);
                backfill = found(api, id);
            }
            progress.clear();
            return answered(backfill);
        } finally {
            Runtime.getRuntime().removeShutdownHook(farewell);
        }
    }

    /** A paused backfill goes on only if somebody resumes it. */
    private static boolean isAtRest(JsonNode backfill) {
        String state = backfill.path("state").asText();
        boolean isIdle = backfill.path("active").isEmpty();
        return ENDS.contains(state) || (state.equals("Paused") && isIdle);
    }

    private int answered(JsonNode backfill) {
        if (asJson) {
            console.out().println(backfill.toPrettyString());
        } else {
            BackfillText.summary(backfill).forEach(console.out()::println);
        }
        String state = backfill.path("state").asText();
        return state.equals("DoneWithFailures") ? Main.FAILED : Main.GOOD;
    }

    private static JsonNode found(ApiClient api, String id) throws ApiException {
        return api.call(ApiCall.get(ApiCall.path("backfills", id))).body();
    }

    private static String comeBack(String id) {
        return "come back with: sluice backfill watch " + id;
    }

    private void say(String line) {
        (asJson ? console.err() : console.out()).println(line);
    }
}
