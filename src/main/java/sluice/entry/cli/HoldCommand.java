package sluice.entry.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import sluice.entry.cli.api.ApiCall;
import sluice.entry.cli.api.ApiException;

/** {@code hold}: sets, lists and ends holds, intervals whose rows must stay. */
final class HoldCommand {

    private static final String USAGE = "expected: hold set|list|end DATASOURCE";

    private final Arguments arguments;
    private final Console console;
    private final boolean asJson;

    HoldCommand(Arguments arguments, Console console) throws UsageException {
        this.arguments = arguments;
        this.console = console;
        this.asJson = arguments.wantsJson();
    }

    int run() throws UsageException, ApiException {
        List<String> operands = arguments.operands();
        if (operands.size() != 2) {
            throw new UsageException(USAGE);
        }
        String datasource = operands.get(1);
        String path = ApiCall.path("datasources", datasource, "holds");
        ApiCall call =
                switch (operands.get(0)) {
                    case "list" -> ApiCall.get(path);
                    case "set" -> ApiCall.put(path, "application/json", order().toString());
                    case "end" -> ApiCall.delete(path).query("interval", arguments.required("--interval"));
                    default -> throw new UsageException(USAGE);
                };
        tell(datasource, ApiOptions.client(arguments, console).call(call).body());
        return Main.GOOD;
    }

    private ObjectNode order() throws UsageException {
        ObjectNode order = JsonNodeFactory.instance
                .objectNode()
                .put("interval", arguments.required("--interval"))
                .put("reason", arguments.required("--reason"));
        arguments.value("--until").ifPresent(until -> order.put("until", until));
        return order;
    }

    private void tell(String datasource, JsonNode answer) {
        answer.path("writing").forEach(chunk -> console.err().println("still being written: " + chunk.asText()));
        if (asJson) {
            console.out().println(answer.toPrettyString());
            return;
        }
        if (answer.path("holds").isEmpty()) {
            console.out().println(datasource + " has no holds");
        }
        answer.path("holds").forEach(hold -> console.out().println(line(hold)));
    }

    private static String line(JsonNode hold) {
        return IntervalText.of(hold.path("interval").asText()) + " until "
                + hold.path("until").asText("it is ended") + " by "
                + hold.path("author").asText() + ": " + hold.path("reason").asText();
    }
}
