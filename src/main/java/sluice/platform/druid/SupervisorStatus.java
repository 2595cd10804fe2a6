package sluice.platform.druid;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.core.json.RowQuotes;

/**
 * The status of a supervisor.
 *
 * @param state Druid's state: PENDING, RUNNING, IDLE, SUSPENDED, STOPPING, UNHEALTHY_SUPERVISOR, UNHEALTHY_TASKS
 * @param detailedState what it does in that state, such as CONNECTING_TO_STREAM
 * @param healthy Druid's own verdict
 * @param errors its latest errors without what they may quote of messages, newest last
 * @param lag how many messages of the stream it has not read yet, over all partitions; null if Druid does not say
 * @see <a href="https://druid.apache.org/docs/latest/ingestion/supervisor#status-report">status report</a>
 */
public record SupervisorStatus(
        String state, String detailedState, boolean healthy, List<String> errors, @Nullable Long lag) {

    /** A supervisor whose lag is unknown. */
    public SupervisorStatus(String state, String detailedState, boolean healthy, List<String> errors) {
        this(state, detailedState, healthy, errors, null);
    }

    static SupervisorStatus of(JsonNode answer) {
        JsonNode payload = answer.path("payload");
        List<String> errors = new ArrayList<>();
        payload.path("recentErrors")
                .forEach(error -> errors.add(
                        RowQuotes.cutIfAboutRows(error.path("message").asText())));
        return new SupervisorStatus(
                payload.path("state").asText(),
                payload.path("detailedState").asText(),
                payload.path("healthy").asBoolean(),
                List.copyOf(errors),
                payload.path("aggregateLag").isIntegralNumber()
                        ? payload.path("aggregateLag").longValue()
                        : null);
    }

    /** Returns true if it reads the stream, or waits for new records. */
    public boolean isRunning() {
        return healthy && (state.equals("RUNNING") && detailedState.equals("RUNNING") || state.equals("IDLE"));
    }

    public boolean isSuspended() {
        return state.equals("SUSPENDED");
    }

    /** Returns the latest of its errors; empty if there is none. */
    public Optional<String> latestError() {
        return errors.isEmpty() ? Optional.empty() : Optional.of(errors.get(errors.size() - 1));
    }

    /** Returns a sentence with the latest error behind it, if there is one. */
    public String withLatestError(String what) {
        return latestError().map(error -> what + ": " + error).orElse(what);
    }
}
