package sluice.ingest;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How runs are retried and what is done to their objects ({@code SLUICE_ATTEMPTS}, {@code SLUICE_CLUSTER_GRACE}, {@code SLUICE_TAGGING}). */
@ConfigMapping(prefix = "sluice")
public interface IngestSettings {

    /** Maximum attempts of a run that fails for a transient reason. */
    @WithDefault("3")
    int attempts();

    /** How long runs wait for a cluster that the environment does not have, before they fail. */
    @WithDefault("P1D")
    Duration clusterGrace();

    /** Whether to tag loaded objects in S3. */
    @WithDefault("true")
    boolean tagging();
}
