package sluice.startup;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.nio.charset.StandardCharsets;

/**
 * Names of resources. Whatever looks for services at run time asks for a resource in each of seventy modules, and each
 * time the name was taken apart to leave out what these names do not have. The build fails where GraalVM no longer does.
 */
@TargetClass(className = "com.oracle.svm.util.NativeImageResourcePathRepresentation", onlyWith = Replacement.class)
final class ResourceNames {

    @Alias
    ResourceNames(byte[] path, boolean isNormalized) {}

    @Alias
    static native byte[] getResolved(ResourceNames names);

    @Substitute
    public static String toCanonicalForm(String name) {
        if (!name.startsWith("/")
                && !name.startsWith(".")
                && !name.endsWith("/")
                && !name.contains("//")
                && !name.contains("/.")) {
            return name;
        }
        String path = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
        return new String(
                getResolved(new ResourceNames(path.getBytes(StandardCharsets.UTF_8), true)), StandardCharsets.UTF_8);
    }
}
