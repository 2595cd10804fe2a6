package sluice.core.spec;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import sluice.core.batch.Batch;
import sluice.core.batch.InputObject;
import sluice.core.batch.ObjectLayout;
import sluice.core.batch.TimeChunk;
import sluice.core.definition.Definition;

/**
 * The size of a batch, estimated from the sizes and names of its objects.
 *
 * @param stored bytes as stored in S3
 * @param uncompressed bytes of text: the size times the usual factor of the compression, or of the format for Parquet,
 *     ORC (6) and Avro (3)
 * @param largestChunkStored bytes of the largest time chunk, as stored in S3
 * @param largestChunkUncompressed bytes of text of the largest time chunk
 */
record InputSize(long stored, long uncompressed, long largestChunkStored, long largestChunkUncompressed) {

    static InputSize of(Definition definition, Batch batch) {
        ObjectLayout layout = new ObjectLayout(
                definition.requireBatch().source(), definition.schema().segmentGranularity());
        Set<TimeChunk> chunks = new TreeSet<>(batch.chunks());
        Map<TimeChunk, Long> storedByChunk = new TreeMap<>();
        Map<TimeChunk, Long> uncompressedByChunk = new TreeMap<>();
        long elsewhereStored = 0;
        long elsewhereUncompressed = 0;
        for (InputObject object : batch.objects()) {
            TimeChunk chunk = layout.chunkOf(object.key()).orElse(null);
            if (chunk != null && chunks.contains(chunk)) {
                storedByChunk.merge(chunk, object.size(), Long::sum);
                uncompressedByChunk.merge(chunk, uncompressed(object), Long::sum);
            } else {
                elsewhereStored += object.size();
                elsewhereUncompressed += uncompressed(object);
            }
        }
        return new InputSize(
                sum(storedByChunk) + elsewhereStored,
                sum(uncompressedByChunk) + elsewhereUncompressed,
                largest(storedByChunk) + elsewhereStored / chunks.size(),
                largest(uncompressedByChunk) + elsewhereUncompressed / chunks.size());
    }

    private static long uncompressed(InputObject object) {
        int format = FileFormat.of(object.key()).map(FileFormat::expansion).orElse(1);
        int compression =
                Compression.of(object.key()).map(Compression::expansion).orElse(1);
        // Parquet and similar formats are already compressed; gzip around them gains nothing.
        return object.size() * Math.max(format, compression);
    }

    private static long sum(Map<TimeChunk, Long> bytes) {
        return bytes.values().stream().mapToLong(Long::longValue).sum();
    }

    private static long largest(Map<TimeChunk, Long> bytes) {
        return bytes.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }
}
