package sluice.entry.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import sluice.entry.cli.api.ApiCall;
import sluice.entry.cli.api.ApiClient;
import sluice.entry.cli.api.ApiException;

/** {@code rollback}: returns to an earlier version and, on request, waits until all its steps are done. */
final class RollbackCommand {

    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Arguments arguments;
    private final Console console;
    private final boolean asJson;

    RollbackCommand(Arguments arguments, Console console) throws UsageException {
        this.arguments = arguments;
        this.console = console;
        this.asJson = arguments.wantsJson();
    }

    int run() throws UsageException, ApiException {
        String datasource = arguments.operand("DATASOURCE");
        ObjectNode order = JsonNodeFactory.instance
                .objectNode()
                .put("reason", arguments.value("--reason").orElseThrow(() -> new UsageException("--reason is missing")))
                .put("data", arguments.has("--data"));
        arguments.number("--to").ifPresent(to -> order.put("to", to));
        Duration patience = patience();
        ApiClient api = ApiOptions.client(arguments, console);
        JsonNode rollback = api.call(ApiCall.post(ApiCall.path("definitions", datasource, "rollback"), order.toString())
                        .header("if-match", arguments.value("--if-match").orElse(null))
                        .header("idempotency-key", UUID.randomUUID().toString()))
                .body();
        say(datasource + ": version " + rollback.path("to").asText() + " is active again, after version "
                + rollback.path("from").asText());
        if (arguments.has("--wait")) {
            rollback = finished(api, rollback, patience);
        }
        if (asJson) {
            console.out().println(rollback.toPrettyString());
        } else {
            RollbackText.lines(rollback).forEach(this::say);
        }
        boolean isDone = RollbackText.isDone(rollback);
        return rollback.path("problems").isEmpty() && (isDone || !arguments.has("--wait")) ? Main.GOOD : Main.FAILED;
    }

    private JsonNode finished(ApiClient api, JsonNode started, Duration patience) throws ApiException {
        long deadline = System.nanoTime() + patience.toNanos();
        ApiCall watched = ApiCall.get(ApiCall.path(
                "definitions",
                started.path("datasource").asText(),
                "rollbacks",
                started.path("number").asText()));
        JsonNode rollback = started;
        Progress progress = new Progress(console);
        long since = System.nanoTime();
        while (!RollbackText.isDone(rollback)) {
            if (System.nanoTime() > deadline) {
                progress.clear();
                console.err()
                        .println("not finished within " + patience + "; it continues by itself, see "
                                + started.path("href").asText());
                return rollback;
            }
            console.pause(PAUSE);
            JsonNode now = api.call(watched).body();
            progress.show(RollbackText.phase(now) + ", "
                    + Duration.ofNanos(System.nanoTime() - since).toSeconds() + " s");
            if (!now.path("phase").equals(rollback.path("phase"))) {
                progress.clear();
                console.err().println(RollbackText.phase(now));
            }
            rollback = now;
        }
        return rollback;
    }

    private void say(String line) {
        (asJson ? console.err() : console.out()).println(line);
    }

    private Duration patience() throws UsageException {
        String text = arguments.value("--timeout").orElse("PT30M");
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException malformed) {
            throw new UsageException(
                    "--timeout cannot be '" + text + "'; it must be an ISO-8601 duration such as PT30M");
        }
    }
}
