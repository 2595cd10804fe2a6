package sluice.ingest.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import sluice.core.batch.Batch;
import sluice.core.batch.Feed;
import sluice.core.batch.InputObject;
import sluice.core.batch.ObjectLayout;
import sluice.core.batch.S3Location;
import sluice.core.batch.TimeChunk;
import sluice.core.definition.BatchDefinition;
import sluice.core.definition.BatchDefinition.Mode;
import sluice.core.definition.Definition;
import sluice.core.definition.SegmentGranularity;
import sluice.ingest.submission.TaskDraft;

/**
 * Makes the batch of a load request. Replacing loads whole time chunks, so an object stands for all objects of its chunk: one
 * hour's file never removes the other hours of its day. Appending loads exactly the named objects. Of a span, it loads the
 * objects that no run has claimed, because loading an object twice doubles its rows.
 */
@ApplicationScoped
public class RequestedBatch {

    private final ChunkObjects listing;
    private final ObjectClaims claims;

    RequestedBatch(ChunkObjects listing, ObjectClaims claims) {
        this.listing = listing;
        this.claims = claims;
    }

    /**
     * Returns the batch that a request for these objects stands for.
     *
     * @throws LoadRequestException if an object does not exist or is no input of the definition
     */
    public Batch of(Definition definition, String cluster, List<S3Location> objects) {
        LoadRequest request =
                new LoadRequest(definition.datasource(), List.of(cluster), objects, null, null, "", "", null);
        return of(request, definition, cluster);
    }

    /**
     * Returns the batch for one cluster.
     *
     * @throws LoadRequestException if the request cannot be carried out
     */
    Batch of(LoadRequest request, Definition definition, String cluster) {
        BatchDefinition batch = definition.requireBatch();
        SegmentGranularity granularity = definition.schema().segmentGranularity();
        ObjectLayout layout = new ObjectLayout(batch.source(), granularity);
        TimeChunk span = request.span();
        Set<TimeChunk> chunks = span == null ? chunks(request.objects(), layout) : chunks(span, granularity);
        Predicate<InputObject> wanted = wanted(request, batch.mode(), cluster);
        List<InputObject> objects = new ArrayList<>();
        Set<TimeChunk> filled = new TreeSet<>();
        Set<S3Location> found = new HashSet<>();
        for (TimeChunk chunk : chunks) {
            for (InputObject object : listing.list(layout, chunk)) {
                found.add(object.location());
                if (wanted.test(object) && object.size() > 0) {
                    objects.add(object);
                    filled.add(chunk);
                }
            }
        }
        for (S3Location location : request.objects()) {
            if (!found.contains(location)) {
                throw impossible(location + " does not exist");
            }
        }
        if (objects.isEmpty()) {
            throw impossible(
                    "there is nothing to load" + (batch.mode() == Mode.APPEND ? " that has not been loaded" : ""));
        }
        return new Batch(request.datasource(), List.copyOf(filled), objects);
    }

    private Predicate<InputObject> wanted(LoadRequest request, Mode mode, String cluster) {
        return switch (mode) {
            case REPLACE -> object -> true;
            case APPEND -> {
                if (request.span() != null) {
                    yield claims.claimed(new Feed(cluster, request.datasource()))
                            .negate();
                }
                Set<S3Location> named = Set.copyOf(request.objects());
                yield object -> named.contains(object.location());
            }
        };
    }

    private static Set<TimeChunk> chunks(List<S3Location> locations, ObjectLayout layout) {
        Set<TimeChunk> chunks = new TreeSet<>();
        for (S3Location location : locations) {
            if (!layout.matches(location.bucket(), location.key())) {
                throw impossible(location + " is no input of the definition, which reads s3://"
                        + layout.source().bucket() + "/" + layout.source().prefix());
            }
            chunks.add(layout.chunkOf(location.key())
                    .orElseThrow(() -> impossible(location + " has no time of the form "
                            + layout.source().timeChunk() + " after the prefix")));
        }
        return limited(chunks);
    }

    private static Set<TimeChunk> chunks(TimeChunk span, SegmentGranularity granularity) {
        Set<TimeChunk> chunks = new TreeSet<>();
        Instant start = span.start();
        while (start.isBefore(span.end()) && chunks.size() <= TaskDraft.MOST_CHUNKS) {
            TimeChunk chunk = TimeChunk.holding(start, granularity);
            chunks.add(chunk);
            start = chunk.end();
        }
        if (!granularity.floor(span.start()).equals(span.start()) || start.isAfter(span.end())) {
            throw impossible(span.interval() + " does not consist of whole time chunks of " + granularity);
        }
        return limited(chunks);
    }

    private static Set<TimeChunk> limited(Set<TimeChunk> chunks) {
        if (chunks.size() > TaskDraft.MOST_CHUNKS) {
            throw impossible("a run writes at most " + TaskDraft.MOST_CHUNKS + " time chunks: split the request");
        }
        return chunks;
    }

    private static LoadRequestException impossible(String message) {
        return new LoadRequestException(LoadRequestException.Code.IMPOSSIBLE, message);
    }
}
