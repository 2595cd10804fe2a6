package sluice.entry.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import sluice.platform.druid.DruidClusters;
import sluice.upkeep.retention.SweepException;
import sluice.upkeep.retention.SweepReport;
import sluice.upkeep.retention.SweepReports;
import sluice.upkeep.retention.SweepRequest;
import sluice.upkeep.retention.Sweeps;

/** {@code /v1/retention}: plans, starts and reports sweeps. */
@ApplicationScoped
class RetentionEndpoint implements Endpoint {

    private static final int PAGE = 20;
    private static final int LARGEST_PAGE = 100;
    /** API Gateway times out after 29 seconds. */
    private static final Duration TIME_FOR_A_PLAN = Duration.ofSeconds(15);

    private final Sweeps sweeps;
    private final SweepReports reports;
    private final DruidClusters clusters;
    private final RequestBodies bodies;
    private final ObjectMapper mapper;
    private final Clock clock;

    RetentionEndpoint(
            Sweeps sweeps,
            SweepReports reports,
            DruidClusters clusters,
            RequestBodies bodies,
            ObjectMapper mapper,
            Clock clock) {
        this.sweeps = sweeps;
        this.reports = reports;
        this.clusters = clusters;
        this.bodies = bodies;
        this.mapper = mapper;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route("POST", "/v1/retention/plan", Role.PLAN, this::plan),
                new Route("POST", "/v1/retention/sweeps", Role.OPERATE, this::sweep),
                new Route("GET", "/v1/retention/reports", Role.READ, this::list));
    }

    private Answer plan(Request request) {
        JsonBody body = bodies.read(request);
        requireOneOrAll(request, Role.PLAN, body.text("datasource"));
        Sweeps.Plan plan = known(() -> sweeps.plan(
                body.text("cluster").orElse(null),
                body.text("datasource").orElse(null),
                clock.instant().plus(TIME_FOR_A_PLAN)));
        ObjectNode answer = answer(plan.reports());
        plan.left().forEach(answer.putArray("left")::add);
        return Answer.ok(answer);
    }

    private Answer sweep(Request request) {
        JsonBody body = bodies.read(request);
        String datasource = body.required("datasource");
        request.require(Role.OPERATE, datasource);
        if (body.share("mostShare").isPresent()
                || body.flag("orphan")
                || body.flag("notLoaded")
                || body.flag("wanted")) {
            request.require(Role.DESTROY, datasource);
        }
        SweepRequest sweepRequest = new SweepRequest(
                request.author(),
                body.required("reason"),
                share(body),
                body.flag("orphan"),
                body.flag("notLoaded"),
                body.flag("wanted"));
        String cluster = cluster(body.text("cluster").orElse(null));
        return known(() -> sweeps.request(cluster, datasource, sweepRequest))
                .map(report -> Answer.json(201, mapper.valueToTree(report)))
                .orElseThrow(() -> ProblemException.conflict(
                        "Another sweep of '" + datasource + "' is under way; its report tells what it did"));
    }

    private Answer list(Request request) {
        String next = request.inQuery("next").orElse(null);
        if (next != null && !next.matches("\\d{8}T\\d{9}Z-[0-9a-f]{8}(#[^#]{1,255})?")) {
            throw ProblemException.badRequest("'next' is not what an earlier page gave: " + next);
        }
        requireOneOrAll(request, Role.READ, request.inQuery("datasource"));
        String cluster = cluster(request.inQuery("cluster").orElse(null));
        SweepReports.Page page = reports.page(
                cluster,
                request.inQuery("datasource").orElse(null),
                request.number("limit", PAGE, 1, LARGEST_PAGE),
                next);
        ObjectNode answer = answer(page.reports());
        OptionalFields.put(answer, "next", page.next());
        return Answer.ok(answer);
    }

    private static void requireOneOrAll(Request request, Role role, Optional<String> datasource) {
        datasource.ifPresentOrElse(
                one -> request.require(role, one), () -> request.requireForAll(role, "name a datasource"));
    }

    private ObjectNode answer(List<SweepReport> list) {
        ObjectNode answer = mapper.createObjectNode();
        ArrayNode array = answer.putArray("reports");
        list.forEach(report -> array.add(mapper.<JsonNode>valueToTree(report)));
        return answer;
    }

    /** The name may be missing if the environment has only one cluster. */
    private String cluster(@Nullable String name) {
        if (name != null && !clusters.names().contains(name)) {
            throw ProblemException.notFound("There is no cluster '" + name + "', only " + clusters.names());
        }
        if (name == null && clusters.names().size() > 1) {
            throw ProblemException.badRequest("'cluster' is missing; clusters are " + clusters.names());
        }
        return name == null ? clusters.names().iterator().next() : name;
    }

    private static @Nullable Double share(JsonBody body) {
        OptionalDouble share = body.share("mostShare");
        return share.isPresent() ? share.getAsDouble() : null;
    }

    private static <T> T known(Supplier<T> call) {
        try {
            return call.get();
        } catch (SweepException exception) {
            throw switch (exception.code()) {
                case UNKNOWN -> ProblemException.notFound(exception.getMessage());
                case FORBIDDEN -> new ProblemException(403, "Forbidden", exception.getMessage());
                case CONTRADICTION -> ProblemException.unprocessable(exception.getMessage(), List.of());
            };
        }
    }
}
