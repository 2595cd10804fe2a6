package sluice.entry.gate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import sluice.core.batch.Feed;
import sluice.core.batch.RunKind;
import sluice.core.batch.TimeChunk;
import sluice.core.definition.BatchDefinition;
import sluice.core.definition.Definition;
import sluice.core.definition.Retention;
import sluice.govern.registry.Active;
import sluice.govern.registry.DefinitionCatalog;
import sluice.govern.registry.Registry;
import sluice.ingest.intake.ChunkRecords;
import sluice.ingest.run.RunIndex;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidClusters;
import sluice.platform.druid.DruidException;
import sluice.platform.druid.Outage;

/**
 * {@code GET /v1/datasources} lists what is defined, in files too, without asking a cluster. {@code GET
 * /v1/datasources/{datasource}} adds what each cluster has of one datasource.
 */
@ApplicationScoped
class DatasourceListEndpoint implements Endpoint {

    private static final String AVAILABLE = "Available";

    private final DefinitionCatalog catalog;
    private final Registry registry;
    private final RunIndex runs;
    private final ChunkRecords records;
    private final DruidClusters clusters;
    private final ObjectMapper mapper;

    DatasourceListEndpoint(
            DefinitionCatalog catalog,
            Registry registry,
            RunIndex runs,
            ChunkRecords records,
            DruidClusters clusters,
            ObjectMapper mapper) {
        this.catalog = catalog;
        this.registry = registry;
        this.runs = runs;
        this.records = records;
        this.clusters = clusters;
        this.mapper = mapper;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route("GET", "/v1/datasources", Role.READ, this::list),
                new Route("GET", "/v1/datasources/{datasource}", Role.READ, this::one));
    }

    private Answer list(Request request) {
        Map<String, Integer> versions =
                registry.actives().stream().collect(Collectors.toMap(Active::datasource, Active::version));
        ObjectNode body = mapper.createObjectNode();
        ArrayNode list = body.putArray("datasources");
        catalog.current().byDatasource().values().stream()
                .filter(definition -> request.caller().may(Role.READ, definition.datasource()))
                .sorted(Comparator.comparing(Definition::datasource))
                .forEach(definition -> list.add(summary(
                        definition, Optional.ofNullable(versions.get(definition.datasource())), request.caller())));
        return Answer.ok(body);
    }

    private Answer one(Request request) {
        String datasource = request.inPath("datasource");
        Definition definition = catalog.current()
                .find(datasource)
                .orElseThrow(() -> ProblemException.notFound("There is no definition of datasource " + datasource));
        ObjectNode body = summary(definition, registry.active(datasource).map(Active::version), request.caller());
        ArrayNode held = body.putArray("held");
        definition.clusters().forEach(cluster -> held.add(held(definition, cluster)));
        return Answer.ok(body);
    }

    private ObjectNode summary(Definition definition, Optional<Integer> version, Caller caller) {
        String datasource = definition.datasource();
        ObjectNode node = mapper.createObjectNode().put("datasource", datasource);
        definition.clusters().forEach(node.putArray("clusters")::add);
        node.put("segmentGranularity", definition.schema().segmentGranularity().name());
        BatchDefinition batch = definition.batch();
        if (batch != null) {
            node.put("mode", batch.mode().name());
            node.put(
                    "source",
                    "s3://" + batch.source().bucket() + "/" + batch.source().prefix());
            if (batch.freshness() != null) {
                node.put("freshness", batch.freshness().toString());
            }
        }
        Retention retention = definition.retention();
        OptionalFields.put(node, "keep", retention == null ? null : retention.keep());
        node.put("streams", definition.stream().size());
        version.ifPresent(number -> node.put("version", number));
        ArrayNode roles = node.putArray("roles");
        Arrays.stream(Role.values())
                .filter(role -> caller.may(role, datasource))
                .forEach(role -> roles.add(role.word()));
        return node.put("href", Route.path("/v1/datasources/{datasource}", datasource));
    }

    private ObjectNode held(Definition definition, String name) {
        String datasource = definition.datasource();
        ObjectNode node = mapper.createObjectNode().put("cluster", name);
        runs.newest(
                        datasource,
                        run -> run.cluster().equals(name)
                                && run.state().equals(AVAILABLE)
                                && run.kind().equals(RunKind.BATCH.label()))
                .ifPresent(run ->
                        node.put("run", run.id()).put("dataAt", run.createdAt().toString()));
        SortedSet<Instant> ends = known(definition, name);
        clusters.find(name)
                .ifPresentOrElse(
                        cluster -> ask(cluster, datasource, node, ends),
                        () -> node.put("problem", "The environment has no cluster '" + name + "'"));
        if (!ends.isEmpty()) {
            node.put("interval", new TimeChunk(ends.first(), ends.last()).interval());
        }
        return node;
    }

    /** The span of the chunks for which files arrived or runs were requested, loaded or not. */
    private SortedSet<Instant> known(Definition definition, String cluster) {
        Feed feed = new Feed(cluster, definition.datasource());
        SortedSet<Instant> ends = new TreeSet<>();
        records.first(feed).ifPresent(ends::add);
        records.last(feed)
                .ifPresent(start ->
                        ends.add(TimeChunk.holding(start, definition.schema().segmentGranularity())
                                .end()));
        return ends;
    }

    private static void ask(DruidCluster cluster, String datasource, ObjectNode node, SortedSet<Instant> ends) {
        Optional<Outage> outage = cluster.outage();
        if (outage.isPresent()) {
            node.put("problem", outage.get().message());
            return;
        }
        try {
            cluster.segmentCatalog().extent(datasource).ifPresent(extent -> {
                ends.add(extent.start());
                ends.add(extent.end());
            });
        } catch (DruidException unanswered) {
            node.put("problem", unanswered.getMessage());
        }
    }
}
