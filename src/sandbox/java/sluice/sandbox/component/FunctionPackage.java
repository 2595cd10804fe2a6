package sluice.sandbox.component;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/**
 * The deployment package of the functions, {@code target/function.zip}, unpacked: exactly what runs on AWS Lambda.
 *
 * @param folder where it is unpacked
 */
public record FunctionPackage(Path folder) {

    private static final String BOOTSTRAP = "bootstrap";

    /**
     * Unpacks the package; builds it before if it is missing, older than what was compiled, or a JVM package where a
     * native one is asked for (system property {@code native}).
     *
     * @param target folder to create
     */
    public static FunctionPackage unpack(Path target) {
        Path zip = Project.folder("target", "function.zip");
        try {
            if (!isCurrent(zip)) {
                build();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot look into " + zip, failure);
        }
        return unpack(zip, target);
    }

    /** Unpacks a package as it is. */
    public static FunctionPackage unpack(Path zip, Path target) {
        try {
            extract(zip, target);
            return new FunctionPackage(target);
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot unpack " + zip, failure);
        }
    }

    /** Whether it is a native executable, started by itself; otherwise AWS's Java runtime client starts it. */
    public boolean isNative() {
        return Files.exists(bootstrap());
    }

    public Path bootstrap() {
        return folder.resolve(BOOTSTRAP);
    }

    /** Tests are not compiled: that would take away the classes of a bench which is running. */
    private static void build() {
        Stream<String> goals = Stream.of("package", "-Dmaven.test.skip", "-Dspotless.check.skip", "-Denforcer.skip");
        Stream<String> mode = wantsNative() ? Stream.of("-Dnative") : Stream.empty();
        Maven.run(
                Project.folder("target", "sandbox", "package.log"),
                List.copyOf(Stream.concat(goals, mode).toList()));
    }

    private static boolean wantsNative() {
        return System.getProperty("native") != null;
    }

    /** As make would decide: newer than every class, resource and folder that goes into it, and than the pom. */
    private static boolean isCurrent(Path zip) throws IOException {
        if (!Files.exists(zip) || (wantsNative() && !contains(zip, BOOTSTRAP))) {
            return false;
        }
        FileTime built = Files.getLastModifiedTime(zip);
        try (Stream<Path> inputs =
                Stream.concat(Files.walk(Project.folder("target", "classes")), Stream.of(Project.folder("pom.xml")))) {
            for (Path input : inputs.toList()) {
                if (Files.getLastModifiedTime(input).compareTo(built) > 0) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean contains(Path zip, String name) throws IOException {
        try (ZipFile file = new ZipFile(zip.toFile())) {
            return file.getEntry(name) != null;
        }
    }

    private static void extract(Path zip, Path target) throws IOException {
        try (InputStream file = Files.newInputStream(zip);
                ZipInputStream entries = new ZipInputStream(file)) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException(zip + " has an entry outside its folder: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else {
                    Files.createDirectories(path.getParent());
                    Files.copy(entries, path, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        Path bootstrap = target.resolve(BOOTSTRAP);
        if (Files.exists(bootstrap) && !bootstrap.toFile().setExecutable(true)) {
            throw new IOException("Cannot make " + bootstrap + " executable");
        }
    }
}
