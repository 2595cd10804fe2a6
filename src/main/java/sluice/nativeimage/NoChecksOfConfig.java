package sluice.nativeimage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.runtime.configuration.ConfigDiagnostic;
import io.quarkus.runtime.configuration.ConfigRecorder;
import io.smallrye.config.ConfigValue;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What Quarkus warns of at each start is not looked for in the executable: properties that are set too late or by an old
 * name, and files of configuration that are read by nobody. The build warns of the first two for what it has recorded.
 */
final class NoChecksOfConfig {

    private NoChecksOfConfig() {}

    /** Of properties that are fixed when the executable is built. */
    @TargetClass(ConfigRecorder.class)
    static final class OfFixedProperties {

        @Substitute
        public void handleConfigChange(List<ConfigValue> buildTimeRuntimeValues) {}
    }

    /** Of old names and of files. */
    @TargetClass(ConfigDiagnostic.class)
    static final class OfNamesAndFiles {

        @Substitute
        public static void deprecatedProperties(Map<String, String> deprecatedProperties) {}

        @Substitute
        public static Set<Path> configFilesFromLocations() {
            return Set.of();
        }
    }
}
