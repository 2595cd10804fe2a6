package sluice.entry.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import sluice.entry.cli.api.ApiCall;
import sluice.entry.cli.api.ApiClient;
import sluice.entry.cli.api.ApiException;

/** {@code stream}: lists streams, and suspends, resumes, hands off, resets and terminates one. */
final class StreamCommand {

    private static final Set<String> OPERATIONS =
            new TreeSet<>(Set.of("suspend", "resume", "handoff", "reset", "terminate"));

    private final Arguments arguments;
    private final Console console;
    private final boolean asJson;

    StreamCommand(Arguments arguments, Console console) throws UsageException {
        this.arguments = arguments;
        this.console = console;
        this.asJson = arguments.wantsJson();
    }

    int run() throws UsageException, ApiException {
        List<String> operands = arguments.operands();
        if (operands.size() < 2 || operands.size() > 3) {
            throw new UsageException("expected: stream list DATASOURCE, or stream OPERATION DATASOURCE [SUPERVISOR]");
        }
        String operation = operands.get(0);
        String datasource = operands.get(1);
        if (operation.equals("list") && operands.size() == 2) {
            return list(ApiOptions.client(arguments, console), datasource);
        }
        if (!OPERATIONS.contains(operation)) {
            throw new UsageException(
                    "unknown operation: '" + operation + "'; known are list, " + String.join(", ", OPERATIONS));
        }
        return operate(operation, datasource, operands.size() == 3 ? operands.get(2) : datasource);
    }

    private int list(ApiClient api, String datasource) throws ApiException {
        JsonNode streams = api.call(ApiCall.get(ApiCall.path("datasources", datasource, "streams")))
                .body();
        if (asJson) {
            console.out().println(streams.toPrettyString());
            return Main.GOOD;
        }
        for (JsonNode stream : streams.path("streams")) {
            console.out()
                    .printf(
                            Locale.ROOT,
                            "%s %s: %s, %s unread%s%n",
                            stream.path("cluster").asText(),
                            stream.path("supervisor").asText(),
                            stream.path("state").asText("unknown"),
                            stream.path("lag").asText("?"),
                            stream.has("problem")
                                    ? ", " + stream.path("problem").asText()
                                    : "");
            for (JsonNode partition : stream.path("partitions")) {
                console.out()
                        .printf(
                                Locale.ROOT,
                                "  partition %s: %s of %s%n",
                                partition.path("partition").asText(),
                                partition.path("position").asText("?"),
                                partition.path("latest").asText());
            }
        }
        return Main.GOOD;
    }

    private int operate(String operation, String datasource, String supervisor) throws UsageException, ApiException {
        ObjectNode order = JsonNodeFactory.instance
                .objectNode()
                .put("operation", operation)
                .put("reason", arguments.required("--reason"));
        arguments.value("--cluster").ifPresent(cluster -> order.put("cluster", cluster));
        arguments.number("--snapshot").ifPresent(snapshot -> order.put("snapshot", snapshot));
        arguments.value("--time").ifPresent(time -> order.put("time", time));
        boolean isDry = arguments.has("--dry-run");
        if (isDry) {
            order.put("dryRun", true);
        }
        JsonNode answer = ApiOptions.client(arguments, console)
                .call(ApiCall.post(
                                ApiCall.path("datasources", datasource, "streams", supervisor, "operations"),
                                order.toString())
                        .header("idempotency-key", arguments.value("--key").orElse(null)))
                .body();
        if (asJson) {
            console.out().println(answer.toPrettyString());
        } else if (isDry) {
            answer.path("steps").forEach(step -> console.out().println("- " + step.asText()));
            answer.path("warnings").forEach(warning -> console.out().println("warning: " + warning.asText()));
        } else {
            console.out()
                    .println(datasource + ": operation " + answer.path("number").asText() + " is "
                            + answer.path("phase").asText() + ", see "
                            + answer.path("href").asText());
        }
        return Main.GOOD;
    }
}
