package sluice.entry.cli.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The schemas of events, each compiled on first use. */
final class EventSchemas {

    static {
        // The jar has no logging provider. The validator's loggers would report that on standard error.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
    }

    private static final String CLOUD_EVENT = "cloudevent.schema.json";
    /** A type becomes part of a resource's name, so nothing else may. */
    private static final Pattern TYPE = Pattern.compile("[a-z]+(\\.[a-z-]+)++");

    private final ObjectMapper mapper = new ObjectMapper();
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaRegistryConfig(SchemaRegistryConfig.builder()
                    .formatAssertionsEnabled(true)
                    // Messages do not depend on the machine.
                    .locale(Locale.ROOT)
                    .build()));
    private final Map<String, Optional<DataSchema>> byType = new HashMap<>();
    private @Nullable Schema cloudEvent;

    /**
     * The schema of an event's data.
     *
     * @param id its {@code $id}, which the attribute {@code dataschema} names
     */
    record DataSchema(String id, Schema schema) {}

    /** Returns the schema of the attributes, which all types share. */
    Schema cloudEvent() {
        if (cloudEvent == null) {
            cloudEvent = registry.getSchema(
                    read(CLOUD_EVENT).orElseThrow(() -> new IllegalStateException(CLOUD_EVENT + " is missing")));
        }
        return cloudEvent;
    }

    /** Returns the schema of a type's data, or empty for a type that Sluice does not publish. */
    Optional<DataSchema> data(String type) {
        return TYPE.matcher(type).matches() ? byType.computeIfAbsent(type, this::compiled) : Optional.empty();
    }

    private Optional<DataSchema> compiled(String type) {
        return read("/events/" + type + ".json")
                .map(schema -> new DataSchema(schema.path("$id").asText(), registry.getSchema(schema)));
    }

    private Optional<JsonNode> read(String resource) {
        try (InputStream text = EventSchemas.class.getResourceAsStream(resource)) {
            return text == null ? Optional.empty() : Optional.of(mapper.readTree(text));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The class path has no readable " + resource, unreadable);
        }
    }
}
