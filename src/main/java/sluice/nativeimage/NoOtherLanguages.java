package sluice.nativeimage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.util.List;

/**
 * The AWS SDK tells AWS which other languages of the JVM a program is written in, and looks for classes of each at the first
 * call: in the executable there are none. The build fails where the SDK no longer has the method.
 */
@TargetClass(className = "software.amazon.awssdk.core.internal.useragent.UserAgentLangValues")
final class NoOtherLanguages {

    @Substitute
    public static List<String> getAdditionalJvmLanguages() {
        return List.of();
    }
}
