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
 * How a time chunk is cut into segments.
 *
 * <p>The rule of {@code partitions: auto}:
 *
 * <ul>
 *   <li>Rows per segment: the target (5 million); if earlier runs show that so many rows would come to more than 1.4 times
 *       the target size (700 MB), as many as fill the target size (500 MB).
 *   <li>Without rollup, and always when appending (Druid appends with nothing else): {@code dynamic} with {@code
 *       maxRowsPerSegment}. It reads the input once.
 *   <li>Replacing with rollup: {@code hashed} with {@code numShards}, so that equal rows meet and rollup is perfect. The
 *       number is given, not {@code targetRowsPerSegment}, because then Druid need not read the input once more to count.
 *       It comes from the largest chunk: stored rows to be expected, divided by rows per segment.
 *   <li>Rows to be expected: bytes as stored times what earlier runs read per byte; without earlier runs one row per 400
 *       bytes of uncompressed text. Times the rollup ratio, where known.
 * </ul>
 *
 * Druid refuses {@code hashed} and {@code range} without {@code forceGuaranteedRollup} and {@code dynamic} with it.
 *
 * @param spec Druid's partitionsSpec
 * @param reason why, in a sentence; null where the definition said it
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

    /** Whether Druid has to guarantee perfect rollup, which all but dynamic partitions want. */
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
