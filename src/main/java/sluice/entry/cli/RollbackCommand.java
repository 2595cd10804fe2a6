package sluice.entry.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.UUID;
import sluice.entry.cli.api.ApiCall;
import sluice.entry.cli.api.ApiClient;
import sluice.entry.cli.api.ApiException;

/** {@code rollback}: returns to an earlier version and, on request, waits until all its steps are done. */
final class RollbackCommand {

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
                .put("reason", arguments.required("--reason"))
                .put("data", arguments.has("--data"));
        arguments.number("--to").ifPresent(to -> order.put("to", to));
        Duration patience = PhaseWatch.patience(arguments);
        ApiClient api = ApiOptions.client(arguments, console);
        JsonNode rollback = api.call(ApiCall.post(ApiCall.path("definitions", datasource, "rollback"), order.toString())
                        .header("if-match", arguments.value("--if-match").orElse(null))
                        .header("idempotency-key", UUID.randomUUID().toString()))
                .body();
        say(datasource + ": version " + rollback.path("to").asText() + " is active again, after version "
                + rollback.path("from").asText());
        if (arguments.has("--wait")) {
            ApiCall watched = ApiCall.get(ApiCall.path(
                    "definitions",
                    rollback.path("datasource").asText(),
                    "rollbacks",
                    rollback.path("number").asText()));
            rollback = new PhaseWatch(console, api, patience).wait(rollback, watched, RollbackText::phase);
        }
        if (asJson) {
            console.out().println(rollback.toPrettyString());
        } else {
            RollbackText.lines(rollback).forEach(this::say);
        }
        boolean isDone = PhaseWatch.isDone(rollback);
        return rollback.path("problems").isEmpty() && (isDone || !arguments.has("--wait")) ? Main.GOOD : Main.FAILED;
    }

    private void say(String line) {
        (asJson ? console.err() : console.out()).println(line);
    }
}
