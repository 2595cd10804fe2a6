package sluice.govern.rollback;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of rollbacks ({@code SLUICE_ROLLBACK_...}). */
@ConfigMapping(prefix = "sluice.rollback")
public interface RollbackSettings {

    /** How long after the pointer has moved a rollback looks for new runs of the bad version. */
    @WithDefault("PT90S")
    Duration settle();
}
