package sluice.startup;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.smallrye.context.impl.DefaultValuesFromConfig;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;

/**
 * Defaults of context propagation, of which nobody here sets one. SmallRye finds that out by five exceptions, each with its
 * stack, at every start. The build fails where it no longer has the method.
 */
@TargetClass(value = DefaultValuesFromConfig.class, onlyWith = Replacement.class)
final class ContextDefaults {

    @Substitute
    private String[] resolveConfiguration(Config config, String key, String[] original, Set<String> allKeys) {
        Optional<String[]> value = config.getOptionalValue(key, String[].class);
        if (value.isPresent()) {
            return value.get();
        }
        // Set, but to nothing.
        return allKeys.contains(key) ? new String[0] : original;
    }
}
