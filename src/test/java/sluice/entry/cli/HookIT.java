package sluice.entry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import sluice.entry.cli.CliProcess.Ended;
import sluice.sandbox.component.Project;

/** The pre-commit hook as pre-commit runs it: from a clone in a cache folder, in somebody else's repository. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HookIT {

    private static final String SPEC = "src/test/resources/contract/index-parallel.json";

    @TempDir
    static Path temporary;

    private Path bare;
    private Path cache;
    private Path theirs;

    @BeforeAll
    void repositories() throws Exception {
        bare = bareRepository();
        cache = clone("cache");
        theirs = Files.createDirectories(temporary.resolve("theirs"));
        git(theirs, "init", "--quiet");
        Files.writeString(theirs.resolve("package.json"), "{\"name\": \"app\", \"type\": \"module\"}");
        Files.writeString(theirs.resolve("deployment.yaml"), "apiVersion: apps/v1\nkind: Deployment\n");
        String good = Files.readString(Project.folder(SPEC));
        Files.writeString(theirs.resolve("good spec.json"), good);
        Files.writeString(theirs.resolve("bad.json"), good.replace("maxRowsInMemory", "maxRowInMemory"));
        git(theirs, "add", "--all");
    }

    @Test
    void findsMistakesInTheStagedFilesAndPassesOverTheOthers() throws Exception {
        // When
        Ended first = hook(cache, "package.json", "deployment.yaml", "good spec.json", "bad.json");
        Ended second = hook(cache, "bad.json");

        // Then
        assertThat(first.status()).as(first.toString()).isEqualTo(1);
        assertThat(first.out()).contains("bad.json:", "did you mean 'maxRowsInMemory'?", "1 errors");
        assertThat(first.out()).doesNotContain("package.json", "deployment.yaml", "good spec.json");
        assertThat(second.status()).isEqualTo(1);
        assertThat(second.err()).isEmpty();
    }

    @Test
    void saysNothingOfACommitWithoutSpecsAndNeedsNoJava() throws Exception {
        // When
        Ended ended = process(Map.of("JAVA_HOME", "/nowhere"))
                .run(List.of(script(clone("fresh")), "--staged", "package.json", "deployment.yaml"));

        // Then
        assertThat(ended).isEqualTo(new Ended(0, "", ""));
    }

    @Test
    void takesTheOptionsOfTheConfiguration() throws Exception {
        // Given
        Path types = Files.writeString(theirs.resolve("types.yaml"), "transform: loadedAt\n");
        Files.copy(Project.folder("src/test/resources/field/own-transform.json"), theirs.resolve("own.json"));

        // When
        Ended ended = hook(cache, "--extension", types.toString(), "--druid=37", "own.json");

        // Then
        assertThat(ended.status()).as(ended.toString()).isZero();
    }

    @Test
    void aReleaseIsDownloadedAndItsDigestChecked() throws Exception {
        // Given
        hook(cache, "good spec.json");
        Path jar = cache.resolve("infra/cli/target/sluice-cli.jar");
        Path release = clone("release");
        Path altered = clone("altered");

        // When
        Ended right;
        Ended wrong;
        try (PreparedJar prepared = new PreparedJar(jar)) {
            names(release, PreparedJar.digest(jar), prepared.address());
            names(altered, "0".repeat(64), prepared.address());
            right = process(Map.of()).run(List.of(script(release), "--version"));
            wrong = process(Map.of()).run(List.of(script(altered), "--version"));
        }

        // Then
        assertThat(right.status()).as(right.toString()).isZero();
        assertThat(right.out()).startsWith("sluice ");
        assertThat(right.err()).contains("downloading").doesNotContain("building");
        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.err()).contains("its digest is");
    }

    @Test
    void preCommitItselfRunsIt() throws Exception {
        // Given
        assumeThat(Stream.of(System.getenv("PATH").split(":")))
                .as("pre-commit is installed")
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "pre-commit")));
        String revision = git(cache, "rev-parse", "HEAD").strip();
        Files.writeString(
                theirs.resolve(".pre-commit-config.yaml"),
                "repos: [{repo: '%s', rev: '%s', hooks: [{id: sluice-lint}]}]\n".formatted(bare, revision));
        git(theirs, "add", "--all");

        // When
        Ended ended = process(
                        Map.of("PRE_COMMIT_HOME", temporary.resolve("home").toString()))
                .run(List.of("pre-commit", "run", "--all-files"));

        // Then
        assertThat(ended.status()).as(ended.toString()).isEqualTo(1);
        assertThat(ended.out()).contains("bad.json:").doesNotContain("package.json");
    }

    private Ended hook(Path clone, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(script(clone), "--staged"));
        command.addAll(List.of(arguments));
        return process(Map.of()).run(command);
    }

    private CliProcess process(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(Map.of("JAVA_HOME", System.getProperty("java.home")));
        String repository = System.getProperty("sandbox.maven.repository");
        all.put(
                "MAVEN_ARGS",
                (repository == null ? "" : "-Dmaven.repo.local=" + repository)
                        + ("offline=true".equals(System.getProperty("sandbox.maven.mode")) ? " -o" : ""));
        all.putAll(environment);
        return new CliProcess(theirs, all);
    }

    private static String script(Path clone) {
        return clone.resolve("infra/cli/sluice").toString();
    }

    private static void names(Path clone, String digest, String address) throws IOException {
        Files.writeString(clone.resolve("infra/cli/release"), digest + " " + address + "\n");
    }

    /** What is in the working tree now, committed. */
    private Path bareRepository() throws Exception {
        Path project = Project.folder("");
        Path copy = Files.createDirectories(temporary.resolve("copy"));
        for (String file : git(project, "ls-files", "--cached", "--others", "--exclude-standard")
                .split("\n")) {
            Path source = project.resolve(file);
            if (Files.exists(source)) {
                Files.createDirectories(copy.resolve(file).getParent());
                Files.copy(source, copy.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        git(copy, "init", "--quiet");
        git(copy, "add", "--all");
        git(copy, "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "--quiet", "--message", "All");
        Path repository = temporary.resolve("sluice.git");
        git(temporary, "clone", "--quiet", "--bare", copy.toString(), repository.toString());
        return repository;
    }

    private Path clone(String name) throws Exception {
        Path clone = temporary.resolve(name);
        git(temporary, "clone", "--quiet", bare.toString(), clone.toString());
        return clone;
    }

    private static String git(Path folder, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    /** Serves one jar, as a release does. */
    private static final class PreparedJar implements AutoCloseable {

        private final HttpServer server;

        private PreparedJar(Path jar) throws IOException {
            byte[] bytes = Files.readAllBytes(jar);
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/sluice-cli-0.1.0.jar", exchange -> {
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
                exchange.close();
            });
            server.start();
        }

        private String address() {
            return "http://127.0.0.1:" + server.getAddress().getPort() + "/sluice-cli-0.1.0.jar";
        }

        private static String digest(Path file) throws Exception {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
