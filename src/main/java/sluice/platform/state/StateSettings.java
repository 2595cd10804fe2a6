package sluice.platform.state;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.time.Duration;

/** The state table ({@code SLUICE_TABLE}, {@code SLUICE_STATE_...}). */
@ConfigMapping(prefix = "sluice")
public interface StateSettings {

    /** Name of the DynamoDB table. Without it no function starts. */
    String table();

    /** How long runs, requests and compaction states are kept: DynamoDB removes them after that. */
    @WithName("state.keep")
    @WithDefault("P400D")
    Duration keep();
}
