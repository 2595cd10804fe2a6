package sluice.sandbox.component;

import java.nio.file.Files;
import java.nio.file.Path;

/** Folders of the project that the sandbox reads and writes. */
public final class Project {

    private static final Path ROOT = root();

    private Project() {}

    /** The folder of the root pom.xml. */
    public static Path folder(String first, String... more) {
        return ROOT.resolve(Path.of(first, more));
    }

    static Path wrapper() {
        return ROOT.resolve("mvnw");
    }

    private static Path root() {
        Path folder = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("infra").resolve("pom.xml"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalStateException("No folder above " + Path.of("").toAbsolutePath()
                    + " contains infra/pom.xml: start the sandbox in the project's folder");
        }
        return folder;
    }
}
