package sluice.startup;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.utils.ProxyEnvironmentSetting;

/**
 * A proxy on the way to AWS, as the environment names it: {@code https_proxy} or {@code HTTPS_PROXY}. The AWS SDK makes one
 * of the other by the rules of the process's locale, which nothing else in a start needs. The build fails where it no longer
 * has the method.
 */
@TargetClass(ProxyEnvironmentSetting.class)
final class ProxyVariables {

    @Alias
    private String environmentVariable;

    @Substitute
    public Optional<String> getStringValue() {
        String value = System.getenv(environmentVariable);
        if (value == null) {
            value = System.getenv(environmentVariable.toUpperCase(Locale.ROOT));
        }
        return value == null || value.isBlank() ? Optional.empty() : Optional.of(value.trim());
    }
}
