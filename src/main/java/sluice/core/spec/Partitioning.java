package sluice.core.spec;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import sluice.core.batch.Batch;
import sluice.core.definition.BatchDefinition;
import sluice.core.definition.BatchDefinition.Mode;
import sluice.core.definition.Definition;
import sluice.core.spec.SpecHints.History;

/**
 * How a time chunk is split into segments.
 *
 * <p>The rule of {@code partitions: auto}:
 *
 * <ul>
 *   <li>Rows per segment: the target (5 million). If earlier runs show that so many rows would exceed 1.4 times the
 *       target size (700 MB), as many rows as fill the target size (500 MB).
 *   <li>Without rollup, and always when appending (Druid appends with nothing else): {@code dynamic} with {@code
 *       maxRowsPerSegment}. It reads the input once.
 *   <li>Replacing with rollup: {@code hashed} with {@code numShards}, so that equal rows meet and rollup is perfect.
 *       With {@code numShards} instead of {@code targetRowsPerSegment}, Druid need not read the input twice to count
 *       it. The number is the expected number of stored rows of the largest chunk, divided by the rows per segment.
 *   <li>Expected rows: stored bytes times the rows per byte of earlier runs; without earlier runs, one row per 400
 *       bytes of uncompressed text. Times the rollup ratio, if known.
 * </ul>
 *
 * <p>Druid refuses {@code hashed} and {@code range} without {@code forceGuaranteedRollup} and {@code dynamic} with it.
 *
 * @param spec Druid's partitionsSpec
 * @param reason explains the choice in a sentence; null if the definition made it
 */
record Partitioning(ObjectNode spec, @Nullable String reason) {

    static final int ASSUMED_BYTES_PER_ROW = 400;

    private static final int MOST_SHARDS = 1_000;

    static Partitioning of(
            Definition definition, Batch batch, RollupChoice rollup, SpecHints hints, SpecDefaults defaults) {
        BatchDefinition given = definition.requireBatch();
        if (!given.partitionsAreAuto()) {
            return new Partitioning(given.partitions().deepCopy(), null);
        }
        long rowsPerSegment = rowsPerSegment(hints.history(), defaults);
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        if (given.mode() == Mode.APPEND || !rollup.rollup()) {
            spec.put("type", "dynamic").put("maxRowsPerSegment", rowsPerSegment);
            return new Partitioning(spec, "dynamic with " + rowsPerSegment + " rows a segment");
        }
        double rows = rowsOfLargestChunk(InputSize.of(definition, batch), rollup, hints.history());
        long shards = Math.min(MOST_SHARDS, Math.max(1, (long) Math.ceil(rows / rowsPerSegment)));
        spec.put("type", "hashed").put("numShards", shards);
        return new Partitioning(
                spec,
                "hashed with " + shards + " segments, for " + Math.round(rows) + " rows in the largest chunk and "
                        + rowsPerSegment + " rows a segment");
    }

    /** Returns true if Druid must guarantee perfect rollup, as all partitions except dynamic ones require. */
    boolean isPerfect() {
        return !spec.path("type").asText().equals("dynamic");
    }

    private static long rowsPerSegment(@Nullable History history, SpecDefaults defaults) {
        if (history == null) {
            return defaults.targetRows();
        }
        return SegmentTarget.of(defaults).rowsPerSegment((double) history.segmentBytes() / history.rowsStored());
    }

    private static double rowsOfLargestChunk(InputSize size, RollupChoice rollup, @Nullable History history) {
        if (history == null) {
            return (double) size.largestChunkUncompressed()
                    / ASSUMED_BYTES_PER_ROW
                    * rollup.ratio().orElse(1);
        }
        double read = (double) size.largestChunkStored() * history.rowsRead() / history.inputBytes();
        double storedPerRead = (double) history.rowsStored() / history.rowsRead();
        return read * rollup.ratio().orElse(storedPerRead);
    }
}
