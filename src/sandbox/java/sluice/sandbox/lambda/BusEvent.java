package sluice.sandbox.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * An event that the bus has taken.
 *
 * @param received when it came in
 * @param bus      name of the bus that it was sent to
 * @param source   EventBridge source
 * @param type     detail-type; the CloudEvent's type
 * @param detail   the CloudEvent
 */
public record BusEvent(Instant received, String bus, String source, String type, JsonNode detail) {}
