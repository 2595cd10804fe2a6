package sluice.entry.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidClusters;
import sluice.upkeep.restore.Restoration;
import sluice.upkeep.restore.RestoreException;
import sluice.upkeep.restore.RestorePlan;
import sluice.upkeep.restore.RestorePreviews;
import sluice.upkeep.restore.RestoreSelection;
import sluice.upkeep.restore.Restores;
import sluice.upkeep.restore.UnusedVersion;

/** {@code /v1/datasources/{datasource}/restore}: previews and carries out restores, and lists what can come back. */
@ApplicationScoped
class RestoreEndpoint implements Endpoint {

    private static final int PAGE = 20;
    private static final int LARGEST_PAGE = 100;

    private final RestorePreviews previews;
    private final Restores restores;
    private final DruidClusters clusters;
    private final RequestBodies bodies;
    private final ObjectMapper mapper;

    RestoreEndpoint(
            RestorePreviews previews,
            Restores restores,
            DruidClusters clusters,
            RequestBodies bodies,
            ObjectMapper mapper) {
        this.previews = previews;
        this.restores = restores;
        this.clusters = clusters;
        this.bodies = bodies;
        this.mapper = mapper;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route("GET", "/v1/datasources/{datasource}/unused", Role.READ, this::unused),
                new Route("POST", "/v1/datasources/{datasource}/restore", Role.PLAN, this::restore),
                new Route("GET", "/v1/datasources/{datasource}/restores", Role.READ, this::list),
                new Route("GET", "/v1/datasources/{datasource}/restores/{id}", Role.READ, this::find));
    }

    private Answer unused(Request request) {
        DruidCluster cluster = cluster(request.inQuery("cluster").orElse(null));
        List<UnusedVersion> versions = known(() -> previews.unused(
                cluster,
                request.inPath("datasource"),
                request.inQuery("interval").map(RequestTimes::interval).orElse(null)));
        ObjectNode answer = mapper.createObjectNode().put("cluster", cluster.name());
        answer.set("versions", mapper.valueToTree(versions));
        return Answer.ok(answer);
    }

    private Answer restore(Request request) {
        JsonBody body = bodies.read(request);
        String datasource = request.inPath("datasource");
        DruidCluster cluster = cluster(body.text("cluster").orElse(null));
        RestoreSelection selection = known(() -> new RestoreSelection(
                body.text("interval").map(RequestTimes::interval).orElse(null),
                body.text("asOf").map(text -> RequestTimes.time("asOf", text)).orElse(null),
                body.text("run").orElse(null)));
        Optional<String> fingerprint = body.text("fingerprint");
        if (fingerprint.isEmpty()) {
            return Answer.ok(preview(known(() -> previews.plan(cluster, datasource, selection))));
        }
        request.require(Role.OPERATE, datasource);
        String reason =
                body.text("reason").orElseThrow(() -> ProblemException.badRequest("A restore needs a 'reason'"));
        Restoration restoration = known(
                () -> restores.start(cluster, datasource, selection, fingerprint.get(), request.author(), reason));
        ObjectNode view = view(restoration);
        return Answer.json(202, view).with("location", view.path("href").asText());
    }

    private Answer list(Request request) {
        ObjectNode answer = mapper.createObjectNode();
        ArrayNode array = answer.putArray("restores");
        restores.list(request.inPath("datasource"), request.number("limit", PAGE, 1, LARGEST_PAGE))
                .forEach(restoration -> array.add(view(restoration)));
        return Answer.ok(answer);
    }

    private Answer find(Request request) {
        String datasource = request.inPath("datasource");
        String id = request.inPath("id");
        return Answer.ok(restores.find(datasource, id)
                .map(this::view)
                .orElseThrow(
                        () -> ProblemException.notFound("There is no restore '" + id + "' of '" + datasource + "'")));
    }

    private ObjectNode preview(RestorePlan plan) {
        ObjectNode answer = mapper.createObjectNode()
                .put("cluster", plan.cluster())
                .put("fingerprint", plan.fingerprint())
                .put("segments", plan.use().size())
                .put("markedUnused", plan.unuse().size());
        answer.<JsonNode>set("versions", mapper.valueToTree(plan.versions()));
        return answer;
    }

    private ObjectNode view(Restoration restoration) {
        ObjectNode node = mapper.createObjectNode()
                .put("id", restoration.id())
                .put("datasource", restoration.datasource())
                .put("cluster", restoration.cluster())
                .put("author", restoration.author())
                .put("reason", restoration.reason())
                .put("startedAt", restoration.startedAt().toString())
                .put("phase", restoration.phase().name())
                .put("segments", restoration.use().size())
                .put("markedUnused", restoration.unuse().size())
                .put("rows", restoration.rows());
        ArrayNode intervals = node.putArray("intervals");
        restoration.chunks().forEach(chunk -> intervals.add(chunk.interval()));
        restoration.problems().forEach(node.putArray("problems")::add);
        OptionalFields.put(
                node,
                "endedAt",
                restoration.endedAt() == null ? null : restoration.endedAt().toString());
        return node.put(
                "href",
                Route.path("/v1/datasources/{datasource}/restores/{id}", restoration.datasource(), restoration.id()));
    }

    /** The name may be missing if the environment has only one cluster. */
    private DruidCluster cluster(@Nullable String name) {
        if (name == null && clusters.names().size() > 1) {
            throw ProblemException.badRequest("'cluster' is missing; clusters are " + clusters.names());
        }
        String chosen = name == null ? clusters.names().iterator().next() : name;
        return clusters.find(chosen)
                .orElseThrow(() ->
                        ProblemException.notFound("There is no cluster '" + chosen + "', only " + clusters.names()));
    }

    private static <T> T known(Supplier<T> call) {
        try {
            return call.get();
        } catch (RestoreException exception) {
            throw switch (exception.code()) {
                case UNKNOWN -> ProblemException.notFound(exception.getMessage());
                case INVALID -> ProblemException.unprocessable(exception.getMessage(), List.of());
                case CONFLICT -> ProblemException.conflict(exception.getMessage());
            };
        }
    }
}
