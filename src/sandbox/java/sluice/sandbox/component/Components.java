package sluice.sandbox.component;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The servers of the sandbox, each in a folder of its own with all its jars.
 *
 * <p>They are gathered once by the Maven project {@code infra/} (about 300 MB from Maven Central) and again when one of
 * its poms or sources changes: a stamp beside them holds a hash of those files. Checking it takes a few milliseconds.
 */
public final class Components {

    private static final List<String> NAMES = List.of("druid", "kafka", "s3", "lambda");
    private static final List<String> NEWER_DRUID = List.of("druid-37");
    /** It is compiled from sources of these, too. */
    private static final List<String> NEWER_DRUID_SOURCES = List.of("contract-37", "druid", "druid-37");

    private Components() {}

    /** Gathers the components if need be: for the build, so that no test waits for a download. */
    public static void main(String[] arguments) {
        resolve();
    }

    /**
     * Makes sure that all components are there, but for Druid 37. Waits if another process gathers them at the same time.
     *
     * @throws IllegalStateException if Maven cannot gather them
     */
    public static void resolve() {
        resolve("components", NAMES, NAMES);
    }

    /** The same for Druid 37, another 190 MB, which only some tests need. */
    public static void resolveNewerDruid() {
        resolve("newer-druid", NEWER_DRUID, NEWER_DRUID_SOURCES);
    }

    private static void resolve(String group, List<String> names, List<String> sources) {
        Path stamp = Project.folder("infra", "target", group + ".sha256");
        try {
            Files.createDirectories(stamp.getParent());
            try (FileChannel lockFile = FileChannel.open(
                            stamp.resolveSibling("components.lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
                    FileLock lock = lockFile.lock()) {
                String wanted = hashOfSources(sources);
                if (lock.isValid() && !isGathered(stamp, wanted, names)) {
                    Path log = stamp.resolveSibling(group + ".log");
                    String pom = Project.folder("infra", "pom.xml").toString();
                    Maven.run(log, List.of("-f", pom, "-pl", String.join(",", names), "clean", "package"));
                    Files.writeString(stamp, wanted);
                }
                ClassArchives.make();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot prepare the sandbox's components", failure);
        }
    }

    /** The folder with the jars of one component: druid, druid-37, kafka, s3 or lambda. */
    public static Path folder(String name) {
        return Project.folder("infra", name, "target", "lib");
    }

    /**
     * The native library of AWS's Java runtime client for this machine. It exists for Linux on x86-64 and arm64.
     *
     * @throws IllegalStateException on any other machine: there only native functions can run
     */
    public static Path runtimeClientLibrary() {
        String processor =
                switch (System.getProperty("os.arch")) {
                    case "amd64" -> "x86_64";
                    case "aarch64" -> "aarch_64";
                    default -> System.getProperty("os.arch");
                };
        String system = Files.exists(Path.of("/etc/alpine-release")) ? "linux_musl" : "linux";
        Path library = Project.folder(
                "infra", "lambda", "target", "jni", "libaws-lambda-jni.%s-%s.so".formatted(system, processor));
        if (!System.getProperty("os.name").equals("Linux") || !Files.exists(library)) {
            throw new IllegalStateException("AWS's Lambda runtime client for Java has no library for "
                    + System.getProperty("os.name") + " on " + processor + "; it runs on Linux only");
        }
        return library;
    }

    private static boolean isGathered(Path stamp, String wanted, List<String> names) throws IOException {
        return Files.exists(stamp)
                && Files.readString(stamp).equals(wanted)
                && names.stream().map(Components::folder).allMatch(Files::isDirectory);
    }

    private static String hashOfSources(List<String> names) throws IOException {
        MessageDigest digest = sha256();
        for (Path file : sources(names)) {
            digest.update(file.toString().getBytes(StandardCharsets.UTF_8));
            digest.update(Files.readAllBytes(file));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static List<Path> sources(List<String> names) throws IOException {
        Stream<Path> files = Stream.of(Project.folder("infra", "pom.xml"));
        for (String name : names) {
            files = Stream.concat(files, Stream.of(Project.folder("infra", name, "pom.xml")));
            Path sources = Project.folder("infra", name, "src");
            if (Files.exists(sources)) {
                try (Stream<Path> found = Files.walk(sources)) {
                    files = Stream.concat(files, found.filter(Files::isRegularFile).toList().stream());
                }
            }
        }
        return files.sorted().toList();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }
}
