package sluice.govern.settings;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the reconciliation of supervisors, rules and compaction ({@code SLUICE_SETTINGS_...}). */
@ConfigMapping(prefix = "sluice.settings")
public interface ReconciliationSettings {

    /** How often the settings of a datasource are compared with its definition. */
    @WithDefault("PT15M")
    Duration checkInterval();

    /** How long an apply or rollback waits for the clusters before it responds; {@code poll} does the rest. */
    @WithDefault("PT10S")
    Duration patience();

    /** How long a supervisor may take to run before it counts as failed. */
    @WithDefault("PT5M")
    Duration startLimit();

    /** How long the tasks of a terminated supervisor may take to publish before they are shut down. */
    @WithDefault("PT30M")
    Duration endLimit();

    /** Rules that drop rows go cluster by cluster: how long the next cluster waits after the one before it got them. */
    @WithDefault("PT1H")
    Duration dropPause();
}
