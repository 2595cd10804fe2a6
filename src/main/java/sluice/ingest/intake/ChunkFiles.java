package sluice.ingest.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import sluice.core.batch.InputObject;
import sluice.core.batch.ObjectLayout;
import sluice.core.batch.TimeChunk;
import sluice.core.definition.Definition;
import sluice.ingest.run.ParallelExecutor;

/** Counts the files of time chunks, as a run would find them. */
@ApplicationScoped
public class ChunkFiles {

    private final ChunkObjects objects;
    private final ParallelExecutor executor;

    ChunkFiles(ChunkObjects objects, ParallelExecutor executor) {
        this.objects = objects;
        this.executor = executor;
    }

    /**
     * The files of a time chunk. Empty files do not count.
     *
     * @param count number of files
     * @param bytes their size
     * @param archived those of them that Druid cannot read until they are restored
     */
    public record Count(int count, long bytes, int archived) {}

    /** Lists the files of each chunk: one call to S3 per chunk and prefix. */
    public Map<TimeChunk, Count> of(Definition definition, List<TimeChunk> chunks) {
        ObjectLayout layout = new ObjectLayout(
                definition.requireBatch().source(), definition.schema().segmentGranularity());
        Map<TimeChunk, Count> counts = new ConcurrentHashMap<>();
        executor.each(chunks, chunk -> counts.put(chunk, count(objects.list(layout, chunk))));
        return counts;
    }

    private static Count count(ChunkListing listing) {
        List<InputObject> filled =
                listing.objects().stream().filter(object -> object.size() > 0).toList();
        return new Count(
                filled.size(), filled.stream().mapToLong(InputObject::size).sum(), (int) listing.archived().stream()
                        .filter(object -> object.size() > 0)
                        .count());
    }
}
