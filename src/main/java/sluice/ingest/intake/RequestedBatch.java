package sluice.ingest.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import sluice.core.batch.Batch;
import sluice.core.batch.Feed;
import sluice.core.batch.InputObject;
import sluice.core.batch.ObjectLayout;
import sluice.core.batch.S3Location;
import sluice.core.batch.TimeChunk;
import sluice.core.definition.BatchDefinition.Mode;
import sluice.core.definition.Definition;
import sluice.core.definition.SegmentGranularity;
import sluice.ingest.run.Run;
import sluice.ingest.submission.TaskDraft;

/**
 * Makes the batch of a load request. Replacing loads whole time chunks, so an object stands for all objects of its chunk: one
 * hour's file never removes the other hours of its day. Appending loads those of the named objects, or of a span, that no run
 * loads or has loaded, because loading an object twice doubles its rows. Under an idempotency key, it loads exactly the named
 * objects.
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
     * Returns the batch of exactly these objects, loaded or not.
     *
     * @throws LoadRequestException if an object does not exist or is no input of the definition
     */
    public Batch of(Definition definition, String cluster, List<S3Location> objects) {
        Feed feed = new Feed(cluster, definition.datasource());
        LoadRequest request =
                new LoadRequest(definition.datasource(), List.of(cluster), objects, null, null, "", "", null);
        return batch(request.datasource(), wanted(request, definition).objects(), layout(definition))
                .orElseThrow(() -> impossible("there is nothing to load on " + feed.cluster()));
    }

    /**
     * Returns the time chunks that a request is about.
     *
     * @throws LoadRequestException if an object is no input of the definition, or they are too many
     */
    Set<TimeChunk> chunks(LoadRequest request, Definition definition) {
        TimeChunk span = request.span();
        return span == null
                ? chunks(request.objects(), layout(definition))
                : chunks(span, definition.schema().segmentGranularity());
    }

    /**
     * Returns the batch for one cluster; empty if an append has nothing to load that has not been loaded.
     *
     * @throws LoadRequestException if the request cannot be carried out
     */
    Optional<Batch> of(LoadRequest request, Definition definition, Feed feed) {
        Wanted wanted = wanted(request, definition);
        // A key together with names asks for these objects, whatever has become of them before.
        boolean isExplicit = request.key() != null && request.span() == null;
        List<InputObject> objects = wanted.objects();
        if (!isReplace(definition) && isExplicit && request.replacedRun() != null) {
            objects = claims.freeIn(feed, objects, request.replacedRun());
        } else if (!isReplace(definition) && !isExplicit) {
            objects = claims.free(feed, objects);
        }
        return batch(request.datasource(), wanted.readable(objects), layout(definition));
    }

    /** Returns the runs that load the requested objects or may have loaded them, as far as they are known. */
    List<Run> runsOf(LoadRequest request, Definition definition, Feed feed) {
        return request.span() == null
                ? claims.runsOf(feed, wanted(request, definition).objects())
                : List.of();
    }

    /** What a request is about, loaded or not, without empty objects. Which of it is archived decides once it is to be loaded. */
    private record Wanted(List<InputObject> objects, Set<InputObject> archived) {

        /** Returns these of the objects, if all of them can be read. */
        List<InputObject> readable(List<InputObject> some) {
            List<InputObject> unreadable =
                    some.stream().filter(archived::contains).toList();
            if (!unreadable.isEmpty()) {
                throw impossible(unreadable.size() + " of the objects are in an archive class, which Druid cannot read,"
                        + " the first is " + unreadable.get(0).location() + ": restore them first");
            }
            return some;
        }
    }

    private Wanted wanted(LoadRequest request, Definition definition) {
        ObjectLayout layout = layout(definition);
        Set<S3Location> named = Set.copyOf(request.objects());
        boolean takesAll = isReplace(definition) || request.span() != null;
        List<InputObject> objects = new ArrayList<>();
        Set<InputObject> archived = new HashSet<>();
        Set<S3Location> found = new HashSet<>();
        for (TimeChunk chunk : chunks(request, definition)) {
            ChunkListing listed = listing.list(layout, chunk);
            for (InputObject object : listed.objects()) {
                found.add(object.location());
                if (object.size() > 0 && (takesAll || named.contains(object.location()))) {
                    objects.add(object);
                }
            }
            archived.addAll(listed.archived());
        }
        for (S3Location location : request.objects()) {
            if (!found.contains(location)) {
                throw impossible(location + " does not exist");
            }
        }
        if (objects.isEmpty()) {
            throw new LoadRequestException(LoadRequestException.Code.NOTHING_TO_LOAD, "there is nothing to load");
        }
        return new Wanted(objects, archived);
    }

    private static Optional<Batch> batch(String datasource, List<InputObject> objects, ObjectLayout layout) {
        Set<TimeChunk> filled = new TreeSet<>();
        objects.forEach(object -> filled.add(layout.chunkOf(object.key()).orElseThrow()));
        return objects.isEmpty() ? Optional.empty() : Optional.of(new Batch(datasource, List.copyOf(filled), objects));
    }

    private static boolean isReplace(Definition definition) {
        return definition.requireBatch().mode() == Mode.REPLACE;
    }

    private static ObjectLayout layout(Definition definition) {
        return new ObjectLayout(
                definition.requireBatch().source(), definition.schema().segmentGranularity());
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
