package sluice.entry.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import sluice.core.batch.S3Location;
import sluice.core.batch.TimeChunk;
import sluice.core.json.CanonicalJson;
import sluice.ingest.intake.LoadRequest;
import sluice.ingest.intake.LoadRequestException;
import sluice.ingest.intake.LoadRequests;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunIndex;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;
import sluice.ingest.tracking.Cancellation;

/** {@code /v1/runs}: requests, lists, shows and cancels runs. */
@ApplicationScoped
class RunsEndpoint implements Endpoint {

    private static final int PAGE = 50;
    private static final int LARGEST_PAGE = 200;
    private static final int LONGEST_KEY = 255;

    private final RunStore store;
    private final RunIndex index;
    private final LoadRequests orders;
    private final Cancellation cancellation;
    private final RunView view;
    private final RequestBodies bodies;
    private final ObjectMapper mapper;

    RunsEndpoint(
            RunStore store,
            RunIndex index,
            LoadRequests orders,
            Cancellation cancellation,
            RunView view,
            RequestBodies bodies,
            ObjectMapper mapper) {
        this.store = store;
        this.index = index;
        this.orders = orders;
        this.cancellation = cancellation;
        this.view = view;
        this.bodies = bodies;
        this.mapper = mapper;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route("POST", "/v1/runs", Role.OPERATE, this::order),
                new Route("GET", "/v1/runs", Role.READ, this::list),
                new Route("GET", "/v1/runs/{id}", Role.READ, this::find),
                new Route("GET", "/v1/runs/{id}/outcome", Role.READ, this::outcome),
                new Route("POST", "/v1/runs/{id}/cancel", Role.OPERATE, this::cancel));
    }

    private Answer order(Request request) {
        JsonBody body = bodies.read(request);
        request.require(Role.OPERATE, body.required("datasource"));
        List<S3Location> objects =
                body.list("objects").stream().map(RunsEndpoint::location).toList();
        TimeChunk span = body.text("interval").map(RunsEndpoint::span).orElse(null);
        String key = request.idempotencyKey(LONGEST_KEY);
        List<String> clusters = body.texts("clusters");
        LoadRequest order = new LoadRequest(
                body.required("datasource"),
                clusters,
                objects,
                span,
                key,
                CanonicalJson.hash(body.node()),
                request.author(),
                body.text("reason").orElse(null));
        LoadRequests.Placed placed = placed(order);
        ObjectNode answer = mapper.createObjectNode();
        ArrayNode runs = answer.putArray("runs");
        placed.runs().forEach(run -> runs.add(view.brief(run)));
        return Answer.json(placed.isNew() ? 201 : 200, answer);
    }

    private LoadRequests.Placed placed(LoadRequest order) {
        try {
            return orders.place(order);
        } catch (LoadRequestException exception) {
            throw switch (exception.code()) {
                case UNKNOWN_DATASOURCE -> ProblemException.notFound(exception.getMessage());
                case KEY_TAKEN, IMPOSSIBLE, NOTHING_TO_LOAD ->
                    ProblemException.unprocessable(exception.getMessage(), List.of());
                case CONTENDED -> ProblemException.conflict(exception.getMessage());
            };
        }
    }

    private Answer list(Request request) {
        request.require(Role.READ, request.required("datasource"));
        RunIndex.Filter filter = new RunIndex.Filter(
                request.required("datasource"),
                request.inQuery("state").map(RunsEndpoint::state).orElse(null),
                request.inQuery("since").map(text -> instant("since", text)).orElse(null));
        RunIndex.Page page;
        try {
            page = index.page(
                    filter,
                    request.number("limit", PAGE, 1, LARGEST_PAGE),
                    request.inQuery("next").orElse(null));
        } catch (IllegalArgumentException exception) {
            throw ProblemException.badRequest("'next' is not what an earlier page gave: " + exception.getMessage());
        }
        ObjectNode body = mapper.createObjectNode();
        ArrayNode runs = body.putArray("runs");
        page.runs().forEach(run -> runs.add(view.brief(run)));
        OptionalFields.put(body, "next", page.next());
        return Answer.ok(body);
    }

    private Answer find(Request request) {
        return Answer.ok(view.whole(known(request, Role.READ)));
    }

    /** Sensors that wait as long as an address does not exist, such as Airflow's, wait for a run by this one. */
    private Answer outcome(Request request) {
        Run run = known(request, Role.READ);
        if (run.state() instanceof RunState.Ended ended) {
            return Answer.ok(view.outcome(run, ended));
        }
        throw ProblemException.notFound("The run is " + run.state().label() + ", and has no outcome yet");
    }

    private Answer cancel(Request request) {
        Run run = known(request, Role.OPERATE);
        String reason = bodies.read(request).text("reason").orElse("no reason given");
        Run cancelled = cancellation
                .cancel(run.id(), reason + ", asked for by " + request.author())
                .orElseThrow();
        if (cancelled.state() instanceof RunState.Cancelled) {
            return Answer.ok(view.whole(cancelled));
        }
        if (cancelled.state() instanceof RunState.InDruid task && task.cancelReason() != null) {
            return Answer.json(202, view.whole(cancelled));
        }
        throw ProblemException.conflict("The run is " + cancelled.state().label()
                + ": its task has ended, so there is nothing to cancel; what it loaded, a rollback takes back");
    }

    private Run known(Request request, Role role) {
        String id = request.inPath("id");
        Run run = store.find(id).orElseThrow(() -> ProblemException.notFound("There is no run " + id));
        request.require(role, run.datasource());
        return run;
    }

    static S3Location location(JsonNode object) {
        return Request.location(
                object.path("bucket").textValue(), object.path("key").textValue());
    }

    private static TimeChunk span(String interval) {
        String[] ends = interval.split("/");
        if (ends.length != 2) {
            throw ProblemException.badRequest("'interval' is not <start>/<end>, both ISO-8601: '" + interval + "'");
        }
        Instant start = instant("interval", ends[0]);
        Instant end = instant("interval", ends[1]);
        if (!start.isBefore(end)) {
            throw ProblemException.badRequest("'interval' ends before it starts: '" + interval + "'");
        }
        return new TimeChunk(start, end);
    }

    /** Parses a time, or a date, which means midnight UTC. */
    private static Instant instant(String name, String text) {
        try {
            return Instant.parse(text.length() == "2026-01-01".length() ? text + "T00:00:00Z" : text);
        } catch (DateTimeException exception) {
            throw ProblemException.badRequest(
                    "'" + name + "' has '" + text + "', which is no time such as 2026-01-01T00:00:00Z or 2026-01-01");
        }
    }

    private static String state(String label) {
        List<String> labels = RunState.labels();
        if (!labels.contains(label)) {
            throw ProblemException.badRequest("'" + label + "' is no state of a run; states are " + labels);
        }
        return label;
    }
}
