package sluice.platform.aws;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How to address S3 ({@code SLUICE_S3_...}). */
@ConfigMapping(prefix = "sluice")
public interface S3Settings {

    /** Whether to use path-style addresses, for S3 servers that support nothing else. */
    @WithDefault("false")
    boolean s3PathStyle();
}
