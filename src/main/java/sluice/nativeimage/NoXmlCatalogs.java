package sluice.nativeimage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/**
 * Cuts XML catalogs out of the executable. The AWS SDK reads S3's XML with the JDK's StAX reader. That reader can resolve
 * external entities by catalogs, and so the executable would contain the JDK's whole XML code with XML Schema. The SDK
 * allows no external entities, and Sluice sets no catalog.
 *
 * <p>Saves 1.3 MB of {@code retain}'s memory, 0.4 to 0.8 MB of the other functions', and 3 MB of the executable
 * ({@code infra/bench/startup}, 2026-11-27).
 */
@TargetClass(className = "javax.xml.catalog.CatalogImpl", onlyWith = Replacement.class)
final class NoXmlCatalogs {

    @Substitute
    private void parse(String systemId) {
        throw new IllegalStateException("the executable is built without XML catalogs: " + systemId);
    }
}
