package sluice.entry.cli;

import sluice.entry.cli.api.ApiClient;
import sluice.entry.cli.api.ApiConnection;
import sluice.entry.cli.api.ApiException;

/** The options of all commands that call the API. */
final class ApiOptions {

    private ApiOptions() {}

    static ApiClient client(Arguments arguments, Console console) throws UsageException, ApiException {
        return new ApiConnection(
                        arguments.value("--url").orElse(null),
                        arguments.value("--region").orElse(null),
                        arguments.has("--no-sign"))
                .open(console.environment());
    }
}
