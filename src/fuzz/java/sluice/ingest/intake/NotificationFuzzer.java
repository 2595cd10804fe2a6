package sluice.ingest.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import sluice.fuzz.Inputs;
import sluice.simulation.Beans;

/**
 * Reads any text as a notification of S3. A message that is none fails with an IllegalArgumentException: the queue delivers it
 * again and moves it away in the end.
 */
public final class NotificationFuzzer {

    private NotificationFuzzer() {}

    public static void fuzzerInitialize() {
        Inputs.warmUp(NotificationFuzzer.class, NotificationFuzzer::fuzzerTestOneInput);
    }

    public static void fuzzerTestOneInput(byte[] data) {
        try {
            JsonNode body = Beans.MAPPER.readTree(Inputs.text(data));
            S3Notification notification = Beans.MAPPER.convertValue(body, S3Notification.class);
            if (notification != null) {
                notification.onlyOf(arrival -> true).arrivals();
            }
        } catch (JsonProcessingException | IllegalArgumentException refused) {
            // This is how a message fails alone.
        }
    }
}
