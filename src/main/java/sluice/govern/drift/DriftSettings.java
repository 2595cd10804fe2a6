package sluice.govern.drift;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Limits how far drift may change a definition ({@code SLUICE_DRIFT_...}). */
@ConfigMapping(prefix = "sluice.drift")
public interface DriftSettings {

    /** Maximum number of columns that {@code drift: evolve} adds at once. */
    @WithDefault("50")
    int maxNewColumns();

    /** Maximum number of dimensions that a definition may have after {@code drift: evolve} has added some. */
    @WithDefault("500")
    int maxColumns();
}
