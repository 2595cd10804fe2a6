package sluice.simulation.world;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import sluice.platform.event.CloudEvent;
import sluice.simulation.Beans;

/** {@code infra/events/routes.json}: which function an event goes to. */
final class Routing {

    private static final Map<String, String> FUNCTIONS = read();

    private Routing() {}

    static Optional<String> function(String eventType) {
        return Optional.ofNullable(FUNCTIONS.get(eventType));
    }

    /** The message that a queue gets. */
    static String message(CloudEvent event) {
        try {
            return Beans.MAPPER.writeValueAsString(event);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Map<String, String> read() {
        try {
            JsonNode routes = new ObjectMapper()
                    .readTree(Path.of("infra/events/routes.json").toFile());
            Map<String, String> functions = new HashMap<>();
            for (JsonNode rule : routes.path("eventRules")) {
                String function = routes.path("queues")
                        .path(rule.path("queue").asText())
                        .path("function")
                        .asText();
                rule.path("detailTypes").forEach(type -> functions.put(type.asText(), function));
            }
            return Map.copyOf(functions);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
