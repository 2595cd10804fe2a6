package sluice.core.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Druid's classes of one version with the programs under {@code infra/contract}, for a process of their own. Built when
 * they are first asked for, and again when a source of theirs has changed.
 */
final class DruidJars {
    private static final Path PROGRAMS = Path.of("infra/contract");

    private DruidJars() {}

    /** A process that runs one of the programs, its standard error going to this one's. */
    static ProcessBuilder program(String version, String mainClass, String... arguments) {
        Path module = version.equals("33") ? PROGRAMS : Path.of("infra/contract-" + version);
        build(module);
        Stream<String> command = Stream.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx400m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                "-Duser.timezone=UTC",
                // Otherwise the S3 extension asks the network for them, for seconds.
                "-Daws.region=us-east-1",
                "-Daws.accessKeyId=none",
                "-Daws.secretKey=none",
                "-Dlog4j.configurationFile=" + PROGRAMS.resolve("log4j2.xml").toAbsolutePath(),
                "-cp",
                module.resolve("target/classes").toAbsolutePath()
                        + System.getProperty("path.separator")
                        + read(module.resolve("target/classpath.txt")).strip(),
                mainClass);
        return new ProcessBuilder(Stream.concat(command, Stream.of(arguments)).toList())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    private static synchronized void build(Path module) {
        Path built = module.resolve("target/classpath.txt");
        if (Files.exists(built) && newest(PROGRAMS) <= modified(built) && newest(module) <= modified(built)) {
            return;
        }
        try {
            Process maven = new ProcessBuilder(List.of(
                            Path.of("mvnw").toAbsolutePath().toString(),
                            "-q",
                            "-B",
                            "-f",
                            module.resolve("pom.xml").toString(),
                            "package"))
                    .redirectErrorStream(true)
                    .start();
            String output = new String(maven.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!maven.waitFor(10, TimeUnit.MINUTES) || maven.exitValue() != 0) {
                maven.destroy();
                throw new IllegalStateException("building " + module + " failed:\n" + output);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static long newest(Path module) {
        try (Stream<Path> files = Files.walk(module)) {
            return files.filter(file -> !file.startsWith(module.resolve("target")))
                    .filter(file -> file.toString().endsWith(".java") || file.endsWith("pom.xml"))
                    .mapToLong(DruidJars::modified)
                    .max()
                    .orElse(0);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static long modified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
