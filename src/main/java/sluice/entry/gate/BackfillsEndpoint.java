package sluice.entry.gate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import sluice.core.json.CanonicalJson;
import sluice.upkeep.backfill.Backfill;
import sluice.upkeep.backfill.BackfillException;
import sluice.upkeep.backfill.BackfillOrder;
import sluice.upkeep.backfill.BackfillWish;
import sluice.upkeep.backfill.Backfills;

/** {@code /v1/backfills}: plans, starts, shows and steers backfills. */
@ApplicationScoped
class BackfillsEndpoint implements Endpoint {

    private static final String PATH = "/v1/backfills";
    private static final String ONE = PATH + "/{id}";
    private static final int LONGEST_KEY = 255;
    private static final int PAGE = 20;
    private static final int LARGEST_PAGE = 100;
    private static final int WINDOWS = 100;
    private static final int LARGEST_WINDOWS = 500;

    private final Backfills backfills;
    private final BackfillView view;
    private final RequestBodies bodies;
    private final ObjectMapper mapper;

    BackfillsEndpoint(Backfills backfills, BackfillView view, RequestBodies bodies, ObjectMapper mapper) {
        this.backfills = backfills;
        this.view = view;
        this.bodies = bodies;
        this.mapper = mapper;
    }

    /** A change of a backfill by a person. */
    private interface Steering {
        Backfill steer(String id, String author, @Nullable String reason);
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route("POST", PATH, Role.OPERATE, this::start),
                new Route("POST", PATH + "/plan", Role.READ, this::plan),
                new Route("GET", PATH, Role.READ, this::list),
                new Route("GET", ONE, Role.READ, this::find),
                new Route("GET", ONE + "/windows", Role.READ, this::windows),
                new Route("POST", ONE + "/pause", Role.OPERATE, request -> steered(request, backfills::pause)),
                new Route("POST", ONE + "/resume", Role.OPERATE, request -> steered(request, backfills::resume)),
                new Route("POST", ONE + "/stop", Role.OPERATE, request -> steered(request, backfills::stop)),
                new Route(
                        "POST",
                        ONE + "/retry-failed",
                        Role.OPERATE,
                        request -> steered(request, backfills::retryFailed)));
    }

    private Answer start(Request request) {
        JsonBody body = bodies.read(request);
        BackfillWish wish = wish(request, body, Role.OPERATE);
        String key = request.idempotencyKey(LONGEST_KEY);
        Backfills.Started started = known(() -> backfills.start(wish, key, CanonicalJson.hash(body.node())));
        ObjectNode answer = view.whole(started.backfill());
        return Answer.json(started.isNew() ? 201 : 200, answer)
                .with("location", answer.path("href").asText());
    }

    private Answer plan(Request request) {
        BackfillWish wish = wish(request, bodies.read(request), Role.READ);
        return Answer.ok(view.plan(known(() -> backfills.plan(wish))));
    }

    private static BackfillWish wish(Request request, JsonBody body, Role role) {
        String datasource = body.required("datasource");
        request.require(role, datasource);
        return new BackfillWish(
                datasource,
                RequestTimes.interval(body.required("interval")),
                body.text("cluster").orElse(null),
                number(body.number("chunksPerRun")),
                number(body.number("parallel")),
                body.text("order")
                        .map(text -> BackfillOrder.valueOf(text.toUpperCase(Locale.ROOT)))
                        .orElse(null),
                body.flag("onlyMissing"),
                request.author(),
                body.text("reason").orElse(null));
    }

    private static @Nullable Integer number(OptionalInt number) {
        return number.isPresent() ? number.getAsInt() : null;
    }

    private Answer list(Request request) {
        String datasource = request.required("datasource");
        request.require(Role.READ, datasource);
        ObjectNode body = mapper.createObjectNode();
        ArrayNode array = body.putArray("backfills");
        backfills
                .list(datasource, request.number("limit", PAGE, 1, LARGEST_PAGE))
                .forEach(backfill -> array.add(view.brief(backfill)));
        return Answer.ok(body);
    }

    private Answer find(Request request) {
        return Answer.ok(view.whole(existing(request, Role.READ)));
    }

    private Answer windows(Request request) {
        Backfill backfill = existing(request, Role.READ);
        int limit = request.number("limit", WINDOWS, 1, LARGEST_WINDOWS);
        int after = request.number("after", 0, 0, 999_999);
        return Answer.ok(view.windows(backfills.windows(backfill.id(), after, limit), limit));
    }

    private Answer steered(Request request, Steering steering) {
        Backfill backfill = existing(request, Role.OPERATE);
        String reason = bodies.read(request).text("reason").orElse(null);
        return Answer.ok(view.whole(known(() -> steering.steer(backfill.id(), request.author(), reason))));
    }

    private Backfill existing(Request request, Role role) {
        String id = request.inPath("id");
        Backfill backfill =
                backfills.find(id).orElseThrow(() -> ProblemException.notFound("There is no backfill " + id));
        request.require(role, backfill.request().datasource());
        return backfill;
    }

    private static <T> T known(Supplier<T> call) {
        try {
            return call.get();
        } catch (BackfillException exception) {
            throw switch (exception.code()) {
                case UNKNOWN -> ProblemException.notFound(exception.getMessage());
                case IMPOSSIBLE -> ProblemException.unprocessable(exception.getMessage(), List.of());
                case CONFLICT -> ProblemException.conflict(exception.getMessage());
            };
        }
    }
}
