package sluice.core.version;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The version of this build, as in its tag: {@code 0.1.0} for {@code v0.1.0}. */
public final class SluiceVersion {

    /** Maven writes it: {@code src/main/version}. */
    private static final String RESOURCE = "/sluice/version.txt";
    /** Classes that no build has packaged, such as those that an IDE has compiled. */
    private static final String UNPACKAGED = "development";

    private SluiceVersion() {}

    public static String current() {
        try (InputStream text = SluiceVersion.class.getResourceAsStream(RESOURCE)) {
            return text == null ? UNPACKAGED : new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException broken) {
            throw new UncheckedIOException("The class path has no readable " + RESOURCE, broken);
        }
    }
}
