package sluice.entry.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import sluice.entry.cli.api.ApiCall;
import sluice.entry.cli.api.ApiClient;
import sluice.entry.cli.api.ApiException;

/**
 * {@code restore}: shows which unused segments would come back, and brings them back if somebody agrees. The API carries out
 * only what the table shows: the call has the fingerprint of the preview.
 */
final class RestoreCommand {

    private final Arguments arguments;
    private final Console console;
    private final boolean asJson;

    RestoreCommand(Arguments arguments, Console console) throws UsageException {
        this.arguments = arguments;
        this.console = console;
        this.asJson = arguments.wantsJson();
    }

    int run() throws UsageException, ApiException, IOException {
        String datasource = arguments.operand("DATASOURCE");
        boolean isDry = arguments.has("--dry-run");
        if (asJson && !isDry && !arguments.has("--yes")) {
            throw new UsageException("--format json needs --yes or --dry-run");
        }
        ObjectNode order = selection();
        String reason = isDry ? "" : arguments.required("--reason");
        Duration patience = PhaseWatch.patience(arguments);
        ApiClient api = ApiOptions.client(arguments, console);
        String path = ApiCall.path("datasources", datasource, "restore");
        JsonNode preview = api.call(ApiCall.ask(path, order.toString())).body();
        if (isDry) {
            tell(preview, RestoreText.table(preview));
            return Main.GOOD;
        }
        if (!asJson) {
            RestoreText.table(preview).forEach(console.out()::println);
            console.out().flush();
        }
        if (!arguments.has("--yes") && !console.isAgreed("Restore it?")) {
            console.err().println("nothing was restored");
            return Main.FAILED;
        }
        order.put("fingerprint", preview.path("fingerprint").asText()).put("reason", reason);
        JsonNode restore = api.call(ApiCall.post(path, order.toString())).body();
        boolean isAwaited = arguments.has("--wait");
        if (isAwaited) {
            ApiCall watched = ApiCall.get(ApiCall.path(
                    "datasources", datasource, "restores", restore.path("id").asText()));
            restore = new PhaseWatch(console, api, patience).wait(restore, watched, RestoreText::phase);
        }
        tell(restore, RestoreText.lines(restore));
        boolean isGood = restore.path("problems").isEmpty() && (PhaseWatch.isDone(restore) || !isAwaited);
        return isGood ? Main.GOOD : Main.FAILED;
    }

    private ObjectNode selection() throws UsageException {
        ObjectNode order = JsonNodeFactory.instance.objectNode();
        arguments.value("--interval").ifPresent(interval -> order.put("interval", interval));
        arguments.value("--as-of").ifPresent(time -> order.put("asOf", time));
        arguments.value("--run").ifPresent(run -> order.put("run", run));
        if (order.isEmpty()) {
            throw new UsageException("--interval, --as-of or --run is missing");
        }
        arguments.value("--cluster").ifPresent(cluster -> order.put("cluster", cluster));
        return order;
    }

    private void tell(JsonNode answer, List<String> lines) {
        if (asJson) {
            console.out().println(answer.toPrettyString());
        } else {
            lines.forEach(console.out()::println);
        }
    }
}
