package sluice.upkeep.freshness;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How freshness is watched ({@code SLUICE_FRESHNESS_...}). */
@ConfigMapping(prefix = "sluice.freshness")
public interface FreshnessSettings {

    /** How often the age of the data is compared with what definitions expect. */
    @WithDefault("PT5M")
    Duration watch();
}
