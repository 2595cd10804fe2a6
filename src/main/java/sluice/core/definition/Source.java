package sluice.core.definition;

import java.util.Objects;

/**
 * Where the input files of a datasource lie.
 *
 * @param type {@value #S3}
 * @param bucket the bucket's name
 * @param prefix the beginning of every key, directly before the time chunk; may be empty
 * @param timeChunk how the key continues after the prefix
 * @param suffix the end of every input file's key, for example {@code .json.gz}; empty for any
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
            throw new IllegalArgumentException("source.bucket: the name is blank");
        }
    }
}
