package sluice.entry.gate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import sluice.ingest.run.ParallelExecutor;
import sluice.platform.druid.AutoKill;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidClusters;
import sluice.platform.druid.DruidException;

/** {@code GET /v1/clusters}: the clusters of this environment and their condition. */
@ApplicationScoped
class ClustersEndpoint implements Endpoint {

    private final DruidClusters clusters;
    private final ParallelExecutor workers;
    private final ObjectMapper mapper;

    ClustersEndpoint(DruidClusters clusters, ParallelExecutor workers, ObjectMapper mapper) {
        this.clusters = clusters;
        this.workers = workers;
        this.mapper = mapper;
    }

    @Override
    public List<Route> routes() {
        return List.of(new Route("GET", "/v1/clusters", Role.READ, this::list));
    }

    private Answer list(Request request) {
        SortedMap<String, ObjectNode> byName = new ConcurrentSkipListMap<>();
        // Side by side: an answer that comes does not wait for those that do not come.
        workers.each(clusters.names(), name -> clusters.find(name).ifPresent(found -> byName.put(name, of(found))));
        ObjectNode body = mapper.createObjectNode();
        byName.values().forEach(body.putArray("clusters")::add);
        return Answer.ok(body);
    }

    /** An unreachable cluster is part of the answer and does not fail the call. */
    private ObjectNode of(DruidCluster cluster) {
        ObjectNode node = mapper.createObjectNode()
                .put("name", cluster.name())
                .put("contract", cluster.contractVersion())
                .put("objectAccess", cluster.objectAccess().name().toLowerCase(Locale.ROOT));
        cluster.console().ifPresent(address -> node.put("console", address.toString()));
        try {
            node.put("version", cluster.version()).put("workerCapacity", cluster.workerCapacity());
            ArrayNode extensions = node.putArray("extensions");
            cluster.extensions().forEach(extensions::add);
            node.put("autoKill", autoKill(cluster));
            return node.put("reachable", true);
        } catch (DruidException exception) {
            return node.put("reachable", false).put("error", exception.getMessage());
        }
    }

    /** Another service tells it, whose outage makes the cluster no less reachable. */
    private static String autoKill(DruidCluster cluster) {
        try {
            AutoKill state = cluster.autoKill();
            if (state instanceof AutoKill.On on) {
                return on.setting();
            }
            return state instanceof AutoKill.Off ? "off" : "unknown";
        } catch (DruidException unanswered) {
            return "unknown";
        }
    }
}
