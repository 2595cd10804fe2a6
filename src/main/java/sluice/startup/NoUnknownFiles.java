package sluice.startup;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.runtime.configuration.ConfigDiagnostic;
import java.nio.file.Path;
import java.util.Set;

/** Files of configuration that Quarkus would warn of: {@link RuntimeSettings} has looked for them already. */
@TargetClass(ConfigDiagnostic.class)
final class NoUnknownFiles {

    @Substitute
    public static Set<Path> configFilesFromLocations() {
        return Set.of();
    }
}
