package sluice.nativeimage;

import io.smallrye.config.common.utils.StringUtil;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Names of the environment variables and system properties of a process. */
final class RuntimeSettings {

    /** Variables that name further sources or a profile. */
    private static final List<String> SOURCES = List.of("QUARKUS_CONFIG", "QUARKUS_PROFILE", "SMALLRYE_CONFIG");
    /** Files and folders in which Quarkus looks for properties. */
    private static final List<String> FILES = List.of(".env", ".env-prod", "config");

    private static RuntimeSettings ofThisProcess;

    /** In the form of environment variables, one a line, so that one search covers all. */
    private final String names;

    private final Path folder;

    /**
     * @param variables  names of environment variables
     * @param properties names of system properties
     * @param folder     working directory of the process
     */
    RuntimeSettings(Set<String> variables, Set<String> properties, Path folder) {
        StringBuilder lines = new StringBuilder();
        variables.forEach(name -> lines.append(variable(name)).append('\n'));
        properties.forEach(name -> lines.append(variable(name)).append('\n'));
        this.names = lines.toString();
        this.folder = folder;
    }

    /** Returns the settings of this process, which do not change once it runs. */
    static synchronized RuntimeSettings ofThisProcess() {
        if (ofThisProcess == null) {
            ofThisProcess = new RuntimeSettings(
                    System.getenv().keySet(), System.getProperties().stringPropertyNames(), Path.of(""));
        }
        return ofThisProcess;
    }

    /** Returns true if a file, a profile or a further source could set properties that these names do not show. */
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

    /** Returns true if a name may set a property under the prefix, for any profile ({@code _PROD_QUARKUS_LOG_LEVEL}). */
    boolean touch(String prefix) {
        return touchVariable(variable(prefix));
    }

    boolean touchVariable(String variable) {
        return names.contains(variable);
    }

    /** Returns the environment variable that sets a property. */
    static String variable(String property) {
        return StringUtil.replaceNonAlphanumericByUnderscores(property).toUpperCase(Locale.ROOT);
    }
}
