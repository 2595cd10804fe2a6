package sluice.entry.gate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import sluice.core.batch.TimeChunk;
import sluice.core.definition.Definition;
import sluice.govern.registry.DefinitionCatalog;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidClusters;
import sluice.upkeep.chunks.ChunkMatrix;
import sluice.upkeep.chunks.ChunkPage;
import sluice.upkeep.chunks.ChunkStatus;
import sluice.upkeep.chunks.SegmentTally;
import sluice.upkeep.chunks.TooManySegmentsException;

/** {@code GET /v1/datasources/{datasource}/chunks}: the state of every time chunk of an interval, in pages. */
@ApplicationScoped
class ChunksEndpoint implements Endpoint {

    private static final int PAGE = 1_000;
    private static final int LARGEST_PAGE = 2_000;
    /** Keys of the state table are in the order of their times within these years. */
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    private final DefinitionCatalog catalog;
    private final DruidClusters clusters;
    private final ChunkMatrix matrix;
    private final ObjectMapper mapper;

    ChunksEndpoint(DefinitionCatalog catalog, DruidClusters clusters, ChunkMatrix matrix, ObjectMapper mapper) {
        this.catalog = catalog;
        this.clusters = clusters;
        this.matrix = matrix;
        this.mapper = mapper;
    }

    @Override
    public List<Route> routes() {
        return List.of(new Route("GET", "/v1/datasources/{datasource}/chunks", Role.READ, this::list));
    }

    private Answer list(Request request) {
        String datasource = request.inPath("datasource");
        Definition definition = catalog.fresh()
                .find(datasource)
                .orElseThrow(() -> ProblemException.notFound("There is no definition of datasource " + datasource));
        TimeChunk interval = RequestTimes.interval(request.required("interval"));
        if (interval.start().isBefore(EARLIEST) || interval.end().isAfter(LATEST)) {
            throw ProblemException.badRequest("'interval' must lie between " + EARLIEST + " and " + LATEST);
        }
        Instant from = request.inQuery("next")
                .map(text -> RequestTimes.time("next", text))
                .orElse(interval.start());
        if (from.isBefore(interval.start()) || !from.isBefore(interval.end())) {
            throw ProblemException.badRequest("'next' is not what an earlier page of this interval gave: " + from);
        }
        DruidCluster cluster = cluster(
                definition,
                request.inQuery("cluster").orElse(definition.clusters().get(0)));
        int limit = request.number("limit", PAGE, 1, LARGEST_PAGE);
        return Answer.ok(view(definition, cluster.name(), page(definition, cluster, interval, from, limit)));
    }

    private ChunkPage page(Definition definition, DruidCluster cluster, TimeChunk interval, Instant from, int limit) {
        try {
            return matrix.page(definition, cluster, interval, from, limit);
        } catch (TooManySegmentsException exception) {
            throw ProblemException.unprocessable(exception.getMessage(), List.of());
        }
    }

    private DruidCluster cluster(Definition definition, String name) {
        if (!definition.clusters().contains(name)) {
            throw ProblemException.notFound("The definition is for " + definition.clusters() + ", not for " + name);
        }
        return clusters.find(name)
                .orElseThrow(() -> ProblemException.notFound("The environment has no cluster " + name));
    }

    private ObjectNode view(Definition definition, String cluster, ChunkPage page) {
        ObjectNode body = mapper.createObjectNode()
                .put("datasource", definition.datasource())
                .put("cluster", cluster)
                .put(
                        "segmentGranularity",
                        definition.schema().segmentGranularity().name());
        ArrayNode chunks = body.putArray("chunks");
        page.chunks().forEach(chunk -> chunks.add(view(chunk)));
        OptionalFields.put(body, "problem", page.problem());
        OptionalFields.put(
                body, "next", page.next() == null ? null : page.next().toString());
        return body;
    }

    private ObjectNode view(ChunkStatus status) {
        ObjectNode node = mapper.createObjectNode()
                .put("interval", status.chunk().interval())
                .put("state", status.condition().label());
        SegmentTally contents = status.contents();
        if (contents != null) {
            node.put("rows", contents.rows())
                    .put("bytes", contents.bytes())
                    .put("segments", contents.segments())
                    .put("versions", contents.versions());
        }
        OptionalFields.put(node, "run", status.run());
        OptionalFields.put(node, "runState", status.runState());
        if (status.files() != null) {
            node.put("files", status.files());
        }
        return status.isHeld() ? node.put("onHold", true) : node;
    }
}
