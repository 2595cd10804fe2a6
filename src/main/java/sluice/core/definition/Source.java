package sluice.core.definition;

import java.util.Objects;

/**
 * Where the input files of a datasource lie.
 *
 * @param type {@value #S3}
 * @param bucket the bucket's name
 * @param prefix what every key begins with; the time chunk follows at once. May be empty
 * @param timeChunk how the key goes on after the prefix: a {@link TimeChunkPattern}
 * @param suffix what a key of an input file ends with, for example {@code .json.gz}; empty for any
 */
public record Source(String type, String bucket, String prefix, TimeChunkPattern timeChunk, String suffix) {

    public static final String S3 = "s3";

    public Source {
        Objects.requireNonNull(prefix, "prefix");
        Objects.requireNonNull(timeChunk, "timeChunk");
        Objects.requireNonNull(suffix, "suffix");
        if (!S3.equals(type)) {
            throw new IllegalArgumentException("source.type: '" + type + "' is not " + S3);
        }
        if (bucket.isBlank()) {
            throw new IllegalArgumentException("source.bucket: a bucket has a name");
        }
    }
}
