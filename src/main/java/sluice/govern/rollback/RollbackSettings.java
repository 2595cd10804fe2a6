package sluice.govern.rollback;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How rollbacks go ({@code SLUICE_ROLLBACK_...}). */
@ConfigMapping(prefix = "sluice.rollback")
public interface RollbackSettings {

    /** How long a rollback looks for runs that a function may still be planning from the bad version. */
    @WithDefault("PT90S")
    Duration settle();
}
