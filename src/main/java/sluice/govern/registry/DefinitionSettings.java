package sluice.govern.registry;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where definitions come from ({@code SLUICE_DEFINITIONS}, {@code SLUICE_VARIABLES}). */
@ConfigMapping(prefix = "sluice")
public interface DefinitionSettings {

    /** Where definition files are: {@code s3://bucket/prefix/} or a directory. Without it no function starts. */
    String definitions();

    /** How long the list of definitions may be cached. */
    @WithDefault("PT5S")
    Duration definitionsRefresh();

    /** Names of the environment variables that definitions may use; none by default. */
    Optional<List<String>> variables();
}
