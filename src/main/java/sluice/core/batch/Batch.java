package sluice.core.batch;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The input of one run: objects that belong to one or more whole time chunks of one datasource. Chunks and objects are
 * sorted and deduplicated, so two batches with the same content are equal.
 *
 * @param datasource Druid's datasource name
 * @param chunks at least one; they do not overlap
 * @param objects at most one version of each object
 */
public record Batch(String datasource, List<TimeChunk> chunks, List<InputObject> objects) {

    public Batch {
        Objects.requireNonNull(datasource, "datasource");
        chunks = chunks.stream().sorted().distinct().toList();
        objects = objects.stream().sorted().distinct().toList();
        if (chunks.isEmpty()) {
            throw new IllegalArgumentException("A batch of " + datasource + " needs at least one time chunk");
        }
        for (int index = 1; index < chunks.size(); index++) {
            if (chunks.get(index).start().isBefore(chunks.get(index - 1).end())) {
                throw new IllegalArgumentException("Time chunks overlap: "
                        + chunks.get(index - 1).interval() + " and "
                        + chunks.get(index).interval());
            }
        }
        for (int index = 1; index < objects.size(); index++) {
            if (objects.get(index).location().equals(objects.get(index - 1).location())) {
                throw new IllegalArgumentException(
                        "Two versions of one object: " + objects.get(index).location());
            }
        }
    }

    /** Returns the total stored size of all objects. */
    public long bytes() {
        return objects.stream().mapToLong(InputObject::size).sum();
    }

    /** Returns the chunks in Druid's interval notation, ordered by time. */
    public List<String> intervals() {
        return chunks.stream().map(TimeChunk::interval).collect(Collectors.toUnmodifiableList());
    }
}
