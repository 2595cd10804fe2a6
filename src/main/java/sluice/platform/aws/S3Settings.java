package sluice.platform.aws;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** How to address S3 ({@code SLUICE_S3_...}). */
@ConfigMapping(prefix = "sluice")
public interface S3Settings {

    /** Whether to use path-style addresses, for S3 servers that support nothing else. */
    @WithDefault("false")
    boolean s3PathStyle();

    /**
     * {@code bucket=account}, with {@code *} for any text in the bucket: S3 refuses calls if another account owns the bucket.
     * Without it, the owner does not matter.
     */
    Optional<List<String>> bucketOwners();
}
