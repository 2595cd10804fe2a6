package sluice.entry.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.function.Function;
import sluice.entry.cli.api.ApiCall;
import sluice.entry.cli.api.ApiClient;
import sluice.entry.cli.api.ApiException;

/** Waits for an operation that goes on in the API by itself, and shows its phases. */
final class PhaseWatch {

    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final String DONE = "DONE";

    private final Console console;
    private final ApiClient api;
    private final Duration patience;

    /** @param patience how long it waits */
    PhaseWatch(Console console, ApiClient api, Duration patience) {
        this.console = console;
        this.api = api;
        this.patience = patience;
    }

    /** Returns the value of {@code --timeout}, half an hour by default. */
    static Duration patience(Arguments arguments) throws UsageException {
        String text = arguments.value("--timeout").orElse("PT30M");
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException malformed) {
            throw new UsageException(
                    "--timeout cannot be '" + text + "'; it must be an ISO-8601 duration such as PT30M");
        }
    }

    static boolean isDone(JsonNode operation) {
        return operation.path("phase").asText().equals(DONE);
    }

    /**
     * Returns the operation as it is when it is done, or when the patience is over.
     *
     * @param watched the call that reads it
     * @param words says its phase
     */
    JsonNode wait(JsonNode started, ApiCall watched, Function<JsonNode, String> words) throws ApiException {
        long since = System.nanoTime();
        long deadline = since + patience.toNanos();
        JsonNode operation = started;
        Progress progress = new Progress(console);
        while (!isDone(operation)) {
            if (System.nanoTime() > deadline) {
                progress.clear();
                console.err()
                        .println("not finished within " + patience + "; it continues by itself, see "
                                + started.path("href").asText());
                return operation;
            }
            console.pause(PAUSE);
            JsonNode now = api.call(watched).body();
            progress.show(words.apply(now) + ", "
                    + Duration.ofNanos(System.nanoTime() - since).toSeconds() + " s");
            if (!now.path("phase").equals(operation.path("phase"))) {
                progress.clear();
                console.err().println(words.apply(now));
            }
            operation = now;
        }
        return operation;
    }
}
