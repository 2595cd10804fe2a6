package sluice.nativeimage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/**
 * S3 answers in XML, which the AWS SDK reads as a stream. The JDK's reader of streams can look external entities up in
 * catalogs, and to read a catalog it has the whole of its XML in tow, with schemas and their regular expressions: 3 MB of
 * code. The SDK takes no external entities, and nobody sets a catalog here. The build fails where the JDK no longer has the
 * method.
 */
@TargetClass(className = "javax.xml.catalog.CatalogImpl", onlyWith = Replacement.class)
final class NoXmlCatalogs {

    @Substitute
    private void parse(String systemId) {
        throw new IllegalStateException("the executable is built without XML catalogs: " + systemId);
    }
}
