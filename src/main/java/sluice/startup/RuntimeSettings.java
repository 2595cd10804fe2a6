package sluice.startup;

import io.smallrye.config.common.utils.StringUtil;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Names of all that is set where a process runs, as environment variables have them.
 *
 * @param names  of environment variables and system properties
 * @param folder where it runs
 */
record RuntimeSettings(Set<String> names, Path folder) {

    /** They name further files, or choose which of two values of a property counts. */
    private static final List<String> SOURCES = List.of("QUARKUS_CONFIG", "QUARKUS_PROFILE", "SMALLRYE_CONFIG");
    /** Where Quarkus looks for properties beside the environment. */
    private static final List<String> FILES = List.of(".env", ".env-prod", "config");

    RuntimeSettings {
        names = names.stream().map(RuntimeSettings::variable).collect(Collectors.toUnmodifiableSet());
    }

    static RuntimeSettings ofThisProcess() {
        Set<String> names = Stream.concat(
                        System.getenv().keySet().stream(), System.getProperties().stringPropertyNames().stream())
                .collect(Collectors.toSet());
        return new RuntimeSettings(names, Path.of(""));
    }

    /** Whether a property could be set by something that the names do not tell. */
    boolean mayComeFromElsewhere() {
        return SOURCES.stream().anyMatch(this::touch)
                || FILES.stream().anyMatch(file -> Files.exists(folder.resolve(file)));
    }

    /** Whether a property under the prefix may be set, for this or any profile ({@code _PROD_QUARKUS_LOG_LEVEL}). */
    boolean touch(String prefix) {
        String variable = variable(prefix);
        return names.stream().anyMatch(name -> name.contains(variable));
    }

    private static String variable(String property) {
        return StringUtil.replaceNonAlphanumericByUnderscores(property).toUpperCase(Locale.ROOT);
    }
}
