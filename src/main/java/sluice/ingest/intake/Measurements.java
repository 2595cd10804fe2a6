package sluice.ingest.intake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import sluice.core.batch.Batch;
import sluice.core.batch.Feed;
import sluice.core.definition.Definition;
import sluice.core.definition.Rollup;
import sluice.core.spec.Generation;
import sluice.core.spec.SamplerRequest;
import sluice.core.spec.SpecDefaults;
import sluice.core.spec.SpecGenerator;
import sluice.core.spec.SpecHints;
import sluice.ingest.submission.Sampler;
import sluice.ingest.tracking.LoadHistory;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidException;
import sluice.platform.log.Log;

/**
 * Measures what decides the {@code auto} parts of a definition: earlier runs, and the first rows of the batch as Druid's
 * sampler reads them. The sampler is called only if something depends on it.
 */
@ApplicationScoped
class Measurements {

    private static final Log LOG = Log.of(Measurements.class);
    private static final List<String> GRANULARITIES = List.of("NONE", "MINUTE", "FIFTEEN_MINUTE", "HOUR", "DAY");
    private static final int SAMPLE_ROWS = 5_000;
    private static final int SAMPLE_TIMEOUT_MS = 10_000;

    private final LoadHistory history;
    private final Sampler sampler;

    Measurements(LoadHistory history, Sampler sampler) {
        this.history = history;
        this.sampler = sampler;
    }

    /**
     * Returns what is known for a batch. If the sampler refuses the batch, its ratios are missing.
     *
     * @throws DruidException if the sampler is needed and the cluster cannot be reached
     */
    SpecHints of(Definition definition, Batch batch, DruidCluster cluster, SpecDefaults defaults) {
        SpecHints known = new SpecHints(
                Map.of(),
                history.find(new Feed(cluster.name(), batch.datasource())).orElse(null));
        boolean wanted = definition.schema().rollup() == Rollup.AUTO
                || definition.schema().queryGranularityIsAuto();
        if (!wanted
                || !(SpecGenerator.generate(definition, batch, known, defaults)
                        instanceof Generation.Generated generated)) {
            return known;
        }
        return new SpecHints(sampled(generated.spec().spec(), batch, cluster), known.history());
    }

    private Map<String, Double> sampled(ObjectNode spec, Batch batch, DruidCluster cluster) {
        Map<String, Double> ratios = new HashMap<>();
        SamplerRequest.of(spec, GRANULARITIES, SAMPLE_ROWS, SAMPLE_TIMEOUT_MS).forEach((granularity, request) -> {
            try {
                SamplerRequest.rollupRatio(sampler.sample(cluster, request, batch.objects()))
                        .ifPresent(ratio -> ratios.put(granularity, ratio));
            } catch (DruidException exception) {
                if (exception.isTransient()) {
                    throw exception;
                }
                LOG.warn(
                        "Sampler refused the batch, auto parts of the definition get defaults",
                        "cluster",
                        cluster.name(),
                        "datasource",
                        batch.datasource(),
                        "reason",
                        exception.getMessage());
            }
        });
        return ratios;
    }
}
