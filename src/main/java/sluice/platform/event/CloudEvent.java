package sluice.platform.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * A CloudEvent 1.0 in structured JSON mode: the outbox stores this form, the bus carries it and a queue delivers it.
 *
 * @param specversion always {@code 1.0}
 * @param id the same whenever the same fact is published, so that a consumer can recognise a repeated event
 * @param source {@code /sluice/<environment>/<function>}
 * @param type a wire name of {@link EventType}
 * @param subject {@code <cluster>/<datasource>}, or {@code <datasource>} for events about a definition
 * @param time when the fact became true
 * @param datacontenttype always {@code application/json}
 * @param dataschema {@code $id} of the JSON Schema of {@code data}
 * @param data the fact
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md">JSON format</a>
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"specversion", "id", "source", "type", "subject", "time", "datacontenttype", "dataschema", "data"})
public record CloudEvent(
        String specversion,
        String id,
        String source,
        String type,
        String subject,
        Instant time,
        String datacontenttype,
        String dataschema,
        JsonNode data) {

    public CloudEvent {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(type, "type");
    }

    /**
     * Returns the event about a fact.
     *
     * @param name what tells this fact from all others; the id is a hash of it (UUID version 3), so that a repeated event has
     *             the same id
     */
    public static CloudEvent named(
            EventType type, String name, String source, String subject, Instant time, JsonNode data) {
        String id =
                UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
        return of(type, id, source, subject, time, data);
    }

    public static CloudEvent of(EventType type, String id, String source, String subject, Instant time, JsonNode data) {
        return new CloudEvent(
                "1.0", id, source, type.wireName(), subject, time, "application/json", type.schemaId(), data);
    }
}
