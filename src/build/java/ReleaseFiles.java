import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import sluice.core.contract.Contract;

/**
 * Gathers the files of a release in {@code target/release}, with {@code SHA256SUMS}: {@code java -cp
 * target/sluice-cli.jar ReleaseFiles.java TARGET VERSION TIMESTAMP}. Two runs over the same files write the same bytes:
 * entries of zips are in order and have the time of the project.
 */
final class ReleaseFiles {

    /** In the repository, where no address is known yet. */
    private static final String NO_SITE = "https://sluice.invalid";

    private final Path target;
    private final String version;
    private final FileTime time;
    private final Path release;

    private ReleaseFiles(Path target, String version, Instant time) {
        this.target = target;
        this.version = version;
        this.time = FileTime.from(time);
        this.release = target.resolve("release");
    }

    /** @param arguments TARGET VERSION TIMESTAMP [SITE], where SITE is the address of the pages, for the schemas' ids */
    public static void main(String[] arguments) throws Exception {
        // Zips have local times.
        java.util.TimeZone.setDefault(java.util.TimeZone.getTimeZone("UTC"));
        String site = arguments.length > 3 && !arguments[3].isBlank() ? arguments[3] : NO_SITE;
        new ReleaseFiles(Path.of(arguments[0]), arguments[1], Instant.parse(arguments[2])).gather(site);
    }

    private void gather(String site) throws Exception {
        Files.createDirectories(release);
        try (Stream<Path> old = Files.list(release)) {
            for (Path file : old.toList()) {
                Files.delete(file);
            }
        }
        String machine = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x86_64";
        Files.copy(target.resolve("sluice-cli.jar"), release.resolve("sluice-cli-" + version + ".jar"));
        Files.copy(target.resolve("sluice.cdx.json"), release.resolve("sluice-" + version + ".cdx.json"));
        functions(machine);
        Path executable = target.resolve("sluice");
        if (Files.exists(executable)) {
            String system = System.getProperty("os.name").startsWith("Mac") ? "macos" : "linux";
            Files.copy(executable, release.resolve("sluice-" + version + "-" + system + "-" + machine));
        }
        zip(release.resolve("sluice-contract-" + version + ".zip"), contract(site));
        sums();
    }

    /** The package of the functions, with the time of the project and everything executable that was. */
    private void functions(String machine) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        try (FileSystem zip = FileSystems.newFileSystem(target.resolve("function.zip"), (ClassLoader) null);
                Stream<Path> files = Files.walk(zip.getPath("/"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                entries.put(file.toString().substring(1), Files.readAllBytes(file));
            }
        }
        String kind = entries.containsKey("bootstrap") ? machine : "jvm";
        zip(release.resolve("sluice-function-" + version + "-" + kind + ".zip"), entries);
    }

    private static Map<String, byte[]> contract(String site) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        try (InputStream definition = Contract.class.getResourceAsStream("/definition/definition.schema.json")) {
            entries.put("schemas/definition.schema.json", definition.readAllBytes());
        }
        for (String druid : Contract.versions()) {
            for (String kind : List.of("task", "supervisor", "compactionConfig", "rules")) {
                String schema = new ObjectMapper()
                        .writerWithDefaultPrettyPrinter()
                        .writeValueAsString(Contract.forDruid(druid).schema(kind));
                entries.put(
                        "schemas/druid-" + druid + "/" + kind + ".schema.json",
                        (schema + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        entries.replaceAll((name, bytes) ->
                new String(bytes, StandardCharsets.UTF_8).replace(NO_SITE, site).getBytes(StandardCharsets.UTF_8));
        return entries;
    }

    private void zip(Path file, Map<String, byte[]> entries) throws IOException {
        Map<String, String> how = Map.of("create", "true", "enablePosixFileAttributes", "true");
        try (FileSystem zip = FileSystems.newFileSystem(URI.create("jar:" + file.toUri()), how)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                Path path = zip.getPath("/" + entry.getKey());
                Path folder = path.getParent();
                if (!Files.exists(folder)) {
                    Files.createDirectories(folder);
                }
                Files.write(path, entry.getValue());
                Files.setPosixFilePermissions(
                        path,
                        PosixFilePermissions.fromString(
                                entry.getKey().equals("bootstrap") ? "rwxr-xr-x" : "rw-r--r--"));
            }
            try (Stream<Path> all = Files.walk(zip.getPath("/"))) {
                for (Path path : all.filter(path -> path.getNameCount() > 0).toList()) {
                    java.nio.file.attribute.BasicFileAttributeView times =
                            Files.getFileAttributeView(path, java.nio.file.attribute.BasicFileAttributeView.class);
                    times.setTimes(time, time, time);
                }
            }
        }
    }

    private void sums() throws IOException, NoSuchAlgorithmException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(release)) {
            for (Path file : files.sorted().toList()) {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
                lines.add(HexFormat.of().formatHex(digest) + "  " + file.getFileName());
            }
        }
        Files.write(release.resolve("SHA256SUMS"), lines);
        lines.forEach(System.out::println);
    }
}
