package sluice.entry.gate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import sluice.core.batch.DefinitionSnapshot;
import sluice.ingest.ActiveDefinitions;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.StateTable;

/**
 * {@code GET /v1/health}: the definitions that cannot be read, and how long the oldest due item has waited. A tick takes
 * what is due within seconds, so an item that is minutes late says that {@code poll} does not run or does not keep up.
 */
@ApplicationScoped
class HealthEndpoint implements Endpoint {

    private static final int COUNTED = 100;

    private final StateTable table;
    private final ActiveDefinitions definitions;
    private final Clock clock;
    private final ObjectMapper mapper;

    HealthEndpoint(StateTable table, ActiveDefinitions definitions, Clock clock, ObjectMapper mapper) {
        this.table = table;
        this.definitions = definitions;
        this.clock = clock;
        this.mapper = mapper;
    }

    @Override
    public List<Route> routes() {
        return List.of(new Route("GET", "/v1/health", Role.READ, this::health));
    }

    private Answer health(Request request) {
        request.requireForAll(Role.READ, "GET /v1/definitions shows those that you may read");
        DefinitionSnapshot snapshot = definitions.fresh();
        ObjectNode body = mapper.createObjectNode()
                .put("definitions", snapshot.byDatasource().size());
        ArrayNode unreadable = body.putArray("unreadable");
        snapshot.invalid()
                .forEach(invalid ->
                        unreadable.addObject().put("name", invalid.name()).put("problem", invalid.summary()));
        Instant now = clock.instant();
        List<Item> due = table.due(now, COUNTED);
        body.put("due", due.size());
        due.stream()
                .min(Comparator.comparing(item -> since(item, now)))
                .ifPresent(oldest -> oldest(body.putObject("oldestDue"), oldest, now));
        return Answer.ok(body);
    }

    private static void oldest(ObjectNode node, Item item, Instant now) {
        Instant since = since(item, now);
        Key key = Key.of(item);
        node.put("item", key.pk() + " " + key.sk())
                .put("since", since.toString())
                .put("late", Duration.between(since, now).toString());
    }

    private static Instant since(Item item, Instant now) {
        return item.time(StateTable.DUE_AT).orElse(now);
    }
}
