package sluice.ingest.tracking;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long the verification of a run may take ({@code SLUICE_AVAILABILITY_...}). */
@ConfigMapping(prefix = "sluice.availability")
public interface AvailabilitySettings {

    /** How long published segments may take until they are served. */
    @WithDefault("PT1H")
    Duration limit();

    /** How long row counts may disagree before they count as wrong. */
    @WithDefault("PT2M")
    Duration patience();
}
