package sluice.core.batch;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Identifies an intent: the same work for the same cluster is always the same run, however often and however late its
 * event arrives. The definition's version is not part of the id, so an event that is redelivered after the definition
 * has changed loads nothing twice.
 */
public final class RunId {

    /** Length of a run id: 130 of the hash's 256 bits. */
    public static final int LENGTH = 26;

    private static final char[] ALPHABET = "abcdefghijklmnopqrstuvwxyz234567".toCharArray();

    private RunId() {}

    /**
     * Returns the id: 26 lower-case characters of RFC 4648 base32, from the SHA-256 of the parts. Each part is preceded
     * by its length, so no two intents encode to the same bytes. The order of chunks and objects does not matter.
     *
     * @param cluster the cluster's name
     * @param kind what the run's task does
     * @param datasource Druid's datasource name
     * @param chunks the time chunks that the run covers
     * @param objects the objects that it loads; location and version count, size and date do not
     * @param idempotencyKey the caller's own id of the intent
     */
    public static String of(
            String cluster,
            RunKind kind,
            String datasource,
            List<TimeChunk> chunks,
            List<InputObject> objects,
            @Nullable String idempotencyKey) {
        Encoding encoding = new Encoding();
        encoding.text(cluster).text(kind.label()).text(datasource);
        List<TimeChunk> sortedChunks = chunks.stream().sorted().distinct().toList();
        encoding.count(sortedChunks.size());
        sortedChunks.forEach(chunk -> encoding.text(chunk.interval()));
        List<InputObject> sortedObjects = objects.stream().sorted().toList();
        encoding.count(sortedObjects.size());
        sortedObjects.forEach(
                object -> encoding.text(object.bucket()).text(object.key()).text(object.etag()));
        encoding.count(idempotencyKey == null ? 0 : 1);
        if (idempotencyKey != null) {
            encoding.text(idempotencyKey);
        }
        return base32(encoding.sha256());
    }

    private static String base32(byte[] digest) {
        StringBuilder id = new StringBuilder(LENGTH);
        for (int position = 0; position < LENGTH; position++) {
            int bits = 0;
            for (int bit = position * 5; bit < position * 5 + 5; bit++) {
                bits = bits << 1 | digest[bit / 8] >> 7 - bit % 8 & 1;
            }
            id.append(ALPHABET[bits]);
        }
        return id.toString();
    }

    private static final class Encoding {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Encoding text(String text) {
            byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
            count(encoded.length);
            bytes.writeBytes(encoded);
            return this;
        }

        void count(int count) {
            bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(count).array());
        }

        byte[] sha256() {
            try {
                return MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException("Every Java platform has SHA-256", impossible);
            }
        }
    }
}
