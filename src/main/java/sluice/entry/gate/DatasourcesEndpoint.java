package sluice.entry.gate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import sluice.core.definition.Definition;
import sluice.govern.registry.DefinitionCatalog;
import sluice.upkeep.clusters.ClusterComparison;
import sluice.upkeep.clusters.WriterComparison;
import sluice.upkeep.compaction.ChunkCompactions;

/**
 * {@code GET /v1/datasources/{datasource}/clusters}: how the clusters of a datasource differ, and how far compaction is. {@code
 * GET /v1/datasources/{datasource}/consistency}: what batch runs and streams have written, side by side.
 */
@ApplicationScoped
class DatasourcesEndpoint implements Endpoint {

    private static final int NEWEST_CHUNKS = 500;

    private final DefinitionCatalog catalog;
    private final ClusterComparison comparison;
    private final ChunkCompactions compactions;
    private final WriterComparison writers;
    private final ObjectMapper mapper;

    DatasourcesEndpoint(
            DefinitionCatalog catalog,
            ClusterComparison comparison,
            ChunkCompactions compactions,
            WriterComparison writers,
            ObjectMapper mapper) {
        this.catalog = catalog;
        this.comparison = comparison;
        this.compactions = compactions;
        this.writers = writers;
        this.mapper = mapper;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route("GET", "/v1/datasources/{datasource}/clusters", Role.READ, this::clusters),
                new Route("GET", "/v1/datasources/{datasource}/consistency", Role.READ, this::consistency));
    }

    private Answer consistency(Request request) {
        Definition definition = definition(request);
        ObjectNode body = mapper.createObjectNode().put("datasource", definition.datasource());
        body.setAll(mapper.<ObjectNode>valueToTree(writers.compare(
                definition.datasource(),
                definition.clusters(),
                request.inQuery("interval").map(RequestTimes::interval).orElse(null))));
        return Answer.ok(body);
    }

    private Definition definition(Request request) {
        String datasource = request.inPath("datasource");
        return catalog.fresh()
                .find(datasource)
                .orElseThrow(() -> ProblemException.notFound("There is no definition of datasource " + datasource));
    }

    private Answer clusters(Request request) {
        Definition definition = definition(request);
        String datasource = definition.datasource();
        ObjectNode body = mapper.createObjectNode().put("datasource", datasource);
        body.setAll(mapper.<ObjectNode>valueToTree(comparison.compare(datasource, definition.clusters())));
        ArrayNode list = body.putArray("compaction");
        compactions
                .newest(datasource, NEWEST_CHUNKS)
                .forEach(compaction -> list.add(CompactionView.of(compaction, mapper)));
        return Answer.ok(body);
    }
}
