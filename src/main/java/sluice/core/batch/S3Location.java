package sluice.core.batch;

import java.util.Comparator;
import java.util.Objects;

/** The location of an object, whatever its version. Ordered by bucket, then key, by UTF-16 code unit. */
public record S3Location(String bucket, String key) implements Comparable<S3Location> {

    private static final Comparator<S3Location> ORDER =
            Comparator.comparing(S3Location::bucket).thenComparing(S3Location::key);

    public S3Location {
        Objects.requireNonNull(bucket, "bucket");
        Objects.requireNonNull(key, "key");
    }

    @Override
    public int compareTo(S3Location other) {
        return ORDER.compare(this, other);
    }

    /** Returns {@code s3://bucket/key}, for display. */
    @Override
    public String toString() {
        return "s3://" + bucket + "/" + key;
    }
}
