package sluice.entry.gate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import sluice.core.definition.Definition;
import sluice.govern.registry.DefinitionCatalog;
import sluice.govern.streams.StreamException;
import sluice.govern.streams.StreamOperation;
import sluice.govern.streams.StreamOperation.Action;
import sluice.govern.streams.StreamOperations;
import sluice.govern.streams.StreamOrder;
import sluice.govern.streams.StreamViews;

/** {@code /v1/datasources/{datasource}/streams}: shows streams, and suspends, resumes, hands off, resets and terminates them. */
@ApplicationScoped
class StreamsEndpoint implements Endpoint {

    private static final String STREAMS = "/v1/datasources/{datasource}/streams";
    private static final String OPERATIONS = STREAMS + "/{supervisor}/operations";
    private static final int PAGE = 50;
    private static final int MOST = 500;
    private static final int LONGEST_KEY = 200;

    private final DefinitionCatalog catalog;
    private final StreamOperations operations;
    private final StreamViews views;
    private final RequestBodies bodies;
    private final ObjectMapper mapper;

    StreamsEndpoint(
            DefinitionCatalog catalog,
            StreamOperations operations,
            StreamViews views,
            RequestBodies bodies,
            ObjectMapper mapper) {
        this.catalog = catalog;
        this.operations = operations;
        this.views = views;
        this.bodies = bodies;
        this.mapper = mapper;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route("GET", STREAMS, Role.READ, this::streams),
                new Route("POST", OPERATIONS, Role.OPERATE, this::start),
                new Route("GET", OPERATIONS, Role.READ, this::history),
                new Route("GET", OPERATIONS + "/{number}", Role.READ, this::find));
    }

    private Answer streams(Request request) {
        Definition definition = definition(request);
        ObjectNode body = mapper.createObjectNode().put("datasource", definition.datasource());
        ArrayNode list = body.putArray("streams");
        views.of(definition).forEach(view -> list.add(mapper.<ObjectNode>valueToTree(view)));
        return Answer.ok(body);
    }

    private Answer start(Request request) {
        JsonBody body = bodies.read(request);
        Action action = Action.valueOf(body.required("operation").toUpperCase(Locale.ROOT));
        if (action == Action.RESET) {
            request.require(Role.DESTROY, request.inPath("datasource"));
        }
        String key = request.idempotencyKey(LONGEST_KEY);
        OptionalInt snapshot = body.number("snapshot");
        try {
            StreamOrder order = new StreamOrder(
                    request.inPath("datasource"),
                    cluster(request, body.text("cluster")),
                    request.inPath("supervisor"),
                    action,
                    snapshot.isPresent() ? snapshot.getAsInt() : null,
                    body.text("time")
                            .map(text -> RequestTimes.time("time", text))
                            .orElse(null),
                    body.required("reason"),
                    request.author(),
                    key);
            if (body.flag("dryRun")) {
                return Answer.ok(mapper.valueToTree(operations.plan(order)));
            }
            ObjectNode view = view(operations.start(order));
            return Answer.json(202, view).with("location", view.path("href").asText());
        } catch (StreamException exception) {
            throw ProblemException.conflict("Nothing was done: " + exception.getMessage());
        }
    }

    private Answer history(Request request) {
        String cluster = cluster(request, request.inQuery("cluster"));
        ObjectNode body = mapper.createObjectNode();
        ArrayNode list = body.putArray("operations");
        operations.history(cluster, request.inPath("supervisor"), request.number("limit", PAGE, 1, MOST)).stream()
                .filter(operation -> operation.datasource().equals(request.inPath("datasource")))
                .forEach(operation -> list.add(view(operation)));
        return Answer.ok(body);
    }

    private Answer find(Request request) {
        String number = request.inPath("number");
        String cluster = cluster(request, request.inQuery("cluster"));
        return Answer.ok((number.matches("\\d{1,6}") ? Optional.of(number) : Optional.<String>empty())
                .flatMap(text -> operations.find(cluster, request.inPath("supervisor"), Integer.parseInt(text)))
                .filter(operation -> operation.datasource().equals(request.inPath("datasource")))
                .map(this::view)
                .orElseThrow(() -> ProblemException.notFound("There is no operation '" + number + "' on the stream '"
                        + request.inPath("supervisor") + "'")));
    }

    private Definition definition(Request request) {
        String datasource = request.inPath("datasource");
        return catalog.fresh()
                .find(datasource)
                .orElseThrow(() -> ProblemException.notFound("There is no definition of datasource " + datasource));
    }

    /** The cluster may be left out where the definition has only one. */
    private String cluster(Request request, Optional<String> given) {
        return given.orElseGet(() -> {
            List<String> clusters = definition(request).clusters();
            if (clusters.size() != 1) {
                throw ProblemException.badRequest("The definition has several clusters: say which one, of " + clusters);
            }
            return clusters.get(0);
        });
    }

    private ObjectNode view(StreamOperation operation) {
        ObjectNode node = mapper.valueToTree(operation);
        node.remove(List.of("version", "askedAt"));
        node.put("action", operation.action().name().toLowerCase(Locale.ROOT));
        return node.put(
                "href",
                Route.path(OPERATIONS + "/{number}", operation.datasource(), operation.supervisor(), operation.number())
                        + "?cluster=" + operation.cluster());
    }
}
