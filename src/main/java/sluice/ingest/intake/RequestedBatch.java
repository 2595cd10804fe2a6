package sluice.ingest.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
import sluice.ingest.ledger.Ledger;
import sluice.ingest.ledger.LedgerEntry;
import sluice.ingest.run.RunStore;
import sluice.ingest.submission.TaskDraft;

/**
 * The input of an order. Replacing loads whole time chunks, so an object stands for everything in its chunk: one hour's
 * file never wipes the other hours of its day. Appending loads exactly the objects that are named; of a span, those that
 * no run has loaded, because appending one twice doubles its rows.
 */
@ApplicationScoped
public class RequestedBatch {

    /** Leases of a run are taken in one transaction of at most 100 writes. */
    private final ChunkObjects listing;

    private final Ledger ledger;
    private final RunStore runs;

    RequestedBatch(ChunkObjects listing, Ledger ledger, RunStore runs) {
        this.listing = listing;
        this.ledger = ledger;
        this.runs = runs;
    }

    /**
     * The batch that naming these objects stands for.
     *
     * @throws LoadRequestException when one of them is not there, or no input of the definition
     */
    public Batch of(Definition definition, String cluster, List<S3Location> objects) {
        LoadRequest order =
                new LoadRequest(definition.datasource(), List.of(cluster), objects, null, null, "", "", null);
        return of(order, definition, cluster);
    }

    /** The batch for one cluster. */
    Batch of(LoadRequest order, Definition definition, String cluster) {
        SegmentGranularity granularity = definition.schema().segmentGranularity();
        ObjectLayout layout = new ObjectLayout(definition.batch().source(), granularity);
        Set<TimeChunk> chunks =
                order.span() == null ? chunks(order.objects(), layout) : chunks(order.span(), granularity);
        boolean append = definition.batch().mode() == Mode.APPEND;
        Set<S3Location> named = Set.copyOf(order.objects());
        List<InputObject> objects = new ArrayList<>();
        Set<TimeChunk> filled = new TreeSet<>();
        Set<S3Location> found = new HashSet<>();
        for (TimeChunk chunk : chunks) {
            for (InputObject object : listing.list(layout, chunk)) {
                found.add(object.location());
                boolean wanted = !append
                        || (order.span() == null
                                ? named.contains(object.location())
                                : !isLoaded(object, new Feed(cluster, order.datasource())));
                if (wanted && object.size() > 0) {
                    objects.add(object);
                    filled.add(chunk);
                }
            }
        }
        for (S3Location location : order.objects()) {
            if (!found.contains(location)) {
                throw impossible(location + " does not exist");
            }
        }
        if (objects.isEmpty()) {
            throw impossible("there is nothing to load" + (append ? " that has not been loaded" : ""));
        }
        return new Batch(order.datasource(), List.copyOf(filled), objects);
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
            throw impossible(span.interval() + " is not made of whole time chunks of " + granularity);
        }
        return limited(chunks);
    }

    private static Set<TimeChunk> limited(Set<TimeChunk> chunks) {
        if (chunks.size() > TaskDraft.MOST_CHUNKS) {
            throw impossible("a run writes at most " + TaskDraft.MOST_CHUNKS + " time chunks: order several");
        }
        return chunks;
    }

    private boolean isLoaded(InputObject object, Feed feed) {
        return ledger.find(object.version(), feed)
                .map(LedgerEntry::run)
                .flatMap(runs::find)
                .map(run -> !run.hasEnded() || run.mayHaveLoaded())
                .orElse(false);
    }

    private static LoadRequestException impossible(String message) {
        return new LoadRequestException(LoadRequestException.Code.IMPOSSIBLE, message);
    }
}
