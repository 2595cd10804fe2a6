package sluice.govern.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import sluice.core.batch.Batch;
import sluice.core.batch.TimeChunk;
import sluice.core.definition.BatchDefinition.Mode;
import sluice.core.definition.Definition;
import sluice.core.plan.DefinitionPlan.Preview;
import sluice.core.plan.DefinitionPlan.Replaced;
import sluice.core.spec.SamplerRequest;
import sluice.ingest.submission.Sampler;
import sluice.platform.druid.ActiveSegment;
import sluice.platform.druid.DruidCluster;

/** Asks a cluster for a plan: what its time chunks contain now, and how it reads a sample. */
@ApplicationScoped
class ClusterView {

    private static final int SAMPLE_ROWS = 200;
    private static final int SHOWN = 5;
    private static final int TIMEOUT_MS = 8_000;

    private final Sampler sampler;

    ClusterView(Sampler sampler) {
        this.sampler = sampler;
    }

    /** Returns what a run would replace in the batch's time chunks; nothing if it appends. */
    List<Replaced> replaced(DruidCluster cluster, Definition definition, Batch batch) {
        if (definition.requireBatch().mode() == Mode.APPEND) {
            return List.of();
        }
        List<ActiveSegment> segments = cluster.servedSegments().active(definition.datasource());
        List<Replaced> replaced = new ArrayList<>();
        for (TimeChunk chunk : batch.chunks()) {
            List<ActiveSegment> own = segments.stream()
                    .filter(segment -> segment.overlaps(chunk.start(), chunk.end()))
                    .toList();
            if (!own.isEmpty()) {
                long rows = own.stream().mapToLong(ActiveSegment::rows).sum();
                replaced.add(new Replaced(chunk.interval(), own.size(), rows));
            }
        }
        return List.copyOf(replaced);
    }

    /** Runs Druid's sampler with the spec's own granularity and rollup. */
    Preview preview(DruidCluster cluster, Batch batch, ObjectNode spec) {
        JsonNode granularity = spec.at("/spec/dataSchema/granularitySpec");
        Map<String, ObjectNode> requests = SamplerRequest.of(spec, List.of("NONE"), SAMPLE_ROWS, TIMEOUT_MS);
        ObjectNode request = Objects.requireNonNull(requests.get("NONE"));
        ObjectNode sampled = request.withObject("/spec/dataSchema/granularitySpec");
        sampled.set("queryGranularity", granularity.path("queryGranularity").deepCopy());
        sampled.set("rollup", granularity.path("rollup").deepCopy());
        JsonNode answer = sampler.sample(cluster, request, batch.objects());
        List<JsonNode> rows = new ArrayList<>();
        List<String> errors = new ArrayList<>();
        for (JsonNode row : answer.path("data")) {
            if (row.path("unparseable").asBoolean() && errors.size() < SHOWN) {
                errors.add(row.path("error").asText());
            } else if (row.hasNonNull("parsed") && rows.size() < SHOWN) {
                rows.add(row.path("parsed"));
            }
        }
        return new Preview(
                answer.path("numRowsRead").asLong(),
                answer.path("numRowsIndexed").asLong(),
                rows,
                errors);
    }
}
