package sluice.ingest.intake;

import java.util.List;
import sluice.core.batch.S3Location;
import sluice.core.batch.TimeChunk;

/**
 * Somebody wants rows loaded: by naming objects, or a span of time.
 *
 * @param datasource Druid's datasource
 * @param clusters names of clusters; empty for all that the definition names
 * @param objects at least one, or empty where a span is given
 * @param span whole time chunks, or null where objects are given
 * @param key the caller's own name for the intent, or null; under a new key everything is loaded again
 * @param intent hash of what was asked for: under one key it is always the same
 * @param author who asks
 * @param reason why, or null
 */
public record LoadRequest(
        String datasource,
        List<String> clusters,
        List<S3Location> objects,
        TimeChunk span,
        String key,
        String intent,
        String author,
        String reason) {

    public LoadRequest {
        clusters = List.copyOf(clusters);
        objects = List.copyOf(objects);
        if (objects.isEmpty() == (span == null)) {
            throw new IllegalArgumentException("a run is ordered by objects or by a span of time, by one of the two");
        }
    }
}
