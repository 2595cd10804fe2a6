package sluice.infra.client;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import sluice.client.ApiClient;
import sluice.client.ApiException;
import sluice.client.api.DefaultApi;
import sluice.client.model.Run;
import sluice.client.model.RunOrder;
import sluice.client.model.RunOutcome;
import sluice.client.model.RunSummary;

/**
 * {@code LoadInterval API DEFINITION DATASOURCE INTERVAL KEY}: applies a definition, requests its interval under an idempotency
 * key, waits for the outcome and prints state, rows and author of each run.
 */
public final class LoadInterval {

    private static final long PAUSE_MILLIS = 500;

    private LoadInterval() {}

    public static void main(String[] arguments) throws Exception {
        ApiClient client = new ApiClient();
        client.updateBaseUri(arguments[0]);
        DefaultApi api = new DefaultApi(client);
        System.out.println("version " + api.getAbout().getVersion());
        api.applyDefinition(arguments[2], Files.readString(Path.of(arguments[1])), null, null, null, null, null);
        RunOrder order = new RunOrder()
                .datasource(arguments[2])
                .interval(arguments[3])
                .clusters(List.of("main"))
                .reason("generated client");
        for (RunSummary ordered : api.orderRuns(order, arguments[4]).getRuns()) {
            RunOutcome outcome = outcome(api, ordered.getId());
            Run run = api.getRun(ordered.getId());
            System.out.println("run " + ordered.getId() + " " + outcome.getState() + " rows "
                    + run.getStateDetails().getCounts().getRows() + " for "
                    + run.getOrder().getReason());
        }
    }

    private static RunOutcome outcome(DefaultApi api, String id) throws ApiException, InterruptedException {
        while (true) {
            try {
                return api.getRunOutcome(id);
            } catch (ApiException exception) {
                if (exception.getCode() != 404) {
                    throw exception;
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }
}
