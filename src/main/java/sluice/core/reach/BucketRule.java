package sluice.core.reach;

import java.util.regex.Pattern;

/**
 * Gives datasources a part of a bucket.
 *
 * @param datasource pattern of datasources, in which {@code *} stands for any text
 * @param bucket pattern of buckets
 * @param prefix how every key begins, literally; empty for the whole bucket
 */
public record BucketRule(String datasource, String bucket, String prefix) {

    private static final Pattern BUCKET = Pattern.compile("[a-z0-9.*-]+");

    public BucketRule {
        if (datasource.isBlank() || !BUCKET.matcher(bucket).matches() || prefix.contains("*")) {
            throw new IllegalArgumentException(
                    "'" + datasource + "=" + bucket + "/" + prefix + "' is not datasource=bucket/prefix, where * stands"
                            + " for any text in datasource and bucket, and may end the prefix");
        }
    }

    /**
     * Reads {@code datasource=bucket/prefix*}; the prefix and the last {@code *} may be missing.
     *
     * @throws IllegalArgumentException if the text has another form
     */
    static BucketRule of(String text) {
        int equals = text.indexOf('=');
        String place = text.substring(equals + 1).strip();
        int slash = place.indexOf('/');
        String prefix = slash < 0 ? "" : place.substring(slash + 1);
        return new BucketRule(
                equals < 0 ? "" : text.substring(0, equals).strip(),
                slash < 0 ? place : place.substring(0, slash),
                prefix.endsWith("*") ? prefix.substring(0, prefix.length() - 1) : prefix);
    }

    /** Returns true if the datasource may read every key that begins with this text. */
    boolean allows(String datasourceName, String bucketName, String keyOrPrefix) {
        return Wildcard.matches(datasource, datasourceName) && holds(bucketName, keyOrPrefix);
    }

    /** Returns true if some datasource may read it. */
    boolean holds(String bucketName, String keyOrPrefix) {
        return Wildcard.matches(bucket, bucketName) && keyOrPrefix.startsWith(prefix);
    }

    @Override
    public String toString() {
        return bucket + "/" + prefix + "*";
    }
}
