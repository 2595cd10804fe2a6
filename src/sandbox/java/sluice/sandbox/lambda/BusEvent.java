package sluice.sandbox.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/**
 * An event that the bus has taken.
 *
 * @param received when it came in
 * @param bus      name of the bus that it was sent to
 * @param source   EventBridge source
 * @param type     detail-type; the CloudEvent's type
 * @param detail   the CloudEvent
 * @param trace    tracing header of whoever sent it; empty if it named none
 */
public record BusEvent(
        Instant received, String bus, String source, String type, JsonNode detail, Optional<String> trace) {}
