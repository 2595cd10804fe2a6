package sluice.nativeimage;

import io.smallrye.config.common.utils.StringUtil;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Names of all that is set where a process runs. */
final class RuntimeSettings {

    /** They name further files, or choose which of two values of a property counts. */
    private static final List<String> SOURCES = List.of("QUARKUS_CONFIG", "QUARKUS_PROFILE", "SMALLRYE_CONFIG");
    /** Where Quarkus looks for properties beside the environment. */
    private static final List<String> FILES = List.of(".env", ".env-prod", "config");

    private static RuntimeSettings ofThisProcess;

    /** As environment variables have them, one a line: one search tells whether any has a part. */
    private final String names;

    private final Path folder;

    /**
     * @param variables  names of environment variables
     * @param properties names of system properties
     * @param folder     where the process runs
     */
    RuntimeSettings(Set<String> variables, Set<String> properties, Path folder) {
        StringBuilder lines = new StringBuilder();
        variables.forEach(name -> lines.append(variable(name)).append('\n'));
        properties.forEach(name -> lines.append(variable(name)).append('\n'));
        this.names = lines.toString();
        this.folder = folder;
    }

    /** Read once: all of it is fixed when the process begins. */
    static synchronized RuntimeSettings ofThisProcess() {
        if (ofThisProcess == null) {
            ofThisProcess = new RuntimeSettings(
                    System.getenv().keySet(), System.getProperties().stringPropertyNames(), Path.of(""));
        }
        return ofThisProcess;
    }

    /** Whether a property could be set by something that the names do not tell. */
    boolean mayComeFromElsewhere() {
        // Loops: streams are two dozen classes that nothing else needs so early.
        for (String source : SOURCES) {
            if (touchVariable(source)) {
                return true;
            }
        }
        for (String file : FILES) {
            if (folder.resolve(file).toFile().exists()) {
                return true;
            }
        }
        return false;
    }

    /** Whether a property under the prefix may be set, for this or any profile ({@code _PROD_QUARKUS_LOG_LEVEL}). */
    boolean touch(String prefix) {
        return touchVariable(variable(prefix));
    }

    boolean touchVariable(String variable) {
        return names.contains(variable);
    }

    /** The environment variable that sets a property. */
    static String variable(String property) {
        return StringUtil.replaceNonAlphanumericByUnderscores(property).toUpperCase(Locale.ROOT);
    }
}
