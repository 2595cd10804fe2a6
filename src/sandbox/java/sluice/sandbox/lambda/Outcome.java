package sluice.sandbox.lambda;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** How an invocation of a function ended, as the caller of Lambda's Invoke would see it. */
public sealed interface Outcome {

    /** The function answered. */
    record Answer(byte[] payload) implements Outcome {

        public String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }
    }

    /**
     * The function failed, ran out of time, or its process ended: {@code X-Amz-Function-Error: Unhandled} on AWS.
     *
     * @param type such as Sandbox.Timedout or Runtime.ExitError, or what the runtime reported
     * @param body the error JSON, {@code {"errorType":..., "errorMessage":...}}
     */
    record Failure(String type, String body) implements Outcome {

        static Failure of(String type, String message) {
            return new Failure(type, Json.write(Map.of("errorType", type, "errorMessage", message)));
        }
    }
}
