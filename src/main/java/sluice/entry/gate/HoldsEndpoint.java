package sluice.entry.gate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sluice.core.batch.Feed;
import sluice.core.batch.TimeChunk;
import sluice.govern.settings.Reconciliations;
import sluice.govern.settings.SettingsRefresh;
import sluice.ingest.hold.Hold;
import sluice.ingest.hold.HoldStore;
import sluice.ingest.run.LeaseStore;
import sluice.platform.druid.DruidClusters;

/** {@code /v1/datasources/{datasource}/holds}: intervals whose rows must stay. */
@ApplicationScoped
class HoldsEndpoint implements Endpoint {

    private static final String PATH = "/v1/datasources/{datasource}/holds";

    private final HoldStore holds;
    private final LeaseStore leases;
    private final DruidClusters clusters;
    private final SettingsRefresh refresh;
    private final Reconciliations reconciliations;
    private final RequestBodies bodies;
    private final ObjectMapper mapper;

    HoldsEndpoint(
            HoldStore holds,
            LeaseStore leases,
            DruidClusters clusters,
            SettingsRefresh refresh,
            Reconciliations reconciliations,
            RequestBodies bodies,
            ObjectMapper mapper) {
        this.holds = holds;
        this.leases = leases;
        this.clusters = clusters;
        this.refresh = refresh;
        this.reconciliations = reconciliations;
        this.bodies = bodies;
        this.mapper = mapper;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route("GET", PATH, Role.READ, this::list),
                new Route("PUT", PATH, Role.OPERATE, this::put),
                new Route("DELETE", PATH, Role.DESTROY, this::end));
    }

    private Answer list(Request request) {
        return Answer.ok(view(request.inPath("datasource")));
    }

    private Answer put(Request request) {
        JsonBody body = bodies.read(request);
        String datasource = request.inPath("datasource");
        TimeChunk interval = RequestTimes.interval(body.required("interval"));
        @Nullable
        Instant until =
                body.text("until").map(text -> RequestTimes.time("until", text)).orElse(null);
        holds.put(datasource, interval, body.required("reason"), request.author(), until);
        ObjectNode answer = view(datasource);
        ArrayNode writing = answer.putArray("writing");
        for (String cluster : clusters.names().stream().sorted().toList()) {
            leases.held(new Feed(cluster, datasource)).stream()
                    .filter(interval::overlaps)
                    .forEach(chunk -> writing.add(cluster + " " + chunk.interval()));
        }
        reconcile(request, datasource);
        return Answer.ok(answer);
    }

    private Answer end(Request request) {
        String datasource = request.inPath("datasource");
        String interval = request.required("interval");
        if (!holds.remove(datasource, RequestTimes.interval(interval))) {
            throw ProblemException.notFound("'" + datasource + "' has no hold on exactly " + interval);
        }
        reconcile(request, datasource);
        return Answer.ok(view(datasource));
    }

    private void reconcile(Request request, String datasource) {
        refresh.refresh(datasource, request.author());
        reconciliations.attempt(datasource);
    }

    private ObjectNode view(String datasource) {
        ObjectNode answer = mapper.createObjectNode();
        ArrayNode array = answer.putArray("holds");
        for (Hold hold : holds.find(datasource)) {
            ObjectNode node = array.addObject()
                    .put("interval", new TimeChunk(hold.start(), hold.end()).interval())
                    .put("reason", hold.reason())
                    .put("author", hold.author())
                    .put("createdAt", hold.createdAt().toString());
            OptionalFields.put(
                    node, "until", hold.until() == null ? null : hold.until().toString());
        }
        return answer;
    }
}
