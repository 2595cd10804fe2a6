package sluice.simulation.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** {@code infra/events/routes.json}: which function an event goes to. */
final class Routing {

    private static final Map<String, String> FUNCTIONS = read();

    private Routing() {}

    static Optional<String> function(String eventType) {
        return Optional.ofNullable(FUNCTIONS.get(eventType));
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
